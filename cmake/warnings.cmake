# Left-out members of a designated initialiser take their defaults; that is the point of it, so no warning.
# -Wrestrict of g++ 12 cries wolf on std::string concatenation (GCC bug 105651).
# The warnings every target of ours is compiled with; `ci` turns them into errors (CMakePresets.json).
add_library(downstage_warnings INTERFACE)
target_compile_options(downstage_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wold-style-cast -Wnon-virtual-dtor
  -Woverloaded-virtual -Wno-missing-field-initializers -Wno-restrict -Wdouble-promotion -Wimplicit-fallthrough)
