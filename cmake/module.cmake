# downstage_module(<name> [USES <module>...] [PRIVATELY <target>...])
# downstage::<name> from include/ and src/. USES are modules of ours, public. PRIVATELY are third-party
# libraries, which no public header may show.
function(downstage_module name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "USES;PRIVATELY")
  file(GLOB_RECURSE headers CONFIGURE_DEPENDS include/*.hpp)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS src/*.cpp)
  add_library(downstage_${name} STATIC ${sources} ${headers})
  add_library(downstage::${name} ALIAS downstage_${name})
  target_sources(downstage_${name} PUBLIC FILE_SET HEADERS BASE_DIRS include FILES ${headers})
  set_target_properties(downstage_${name} PROPERTIES EXPORT_NAME ${name} LINKER_LANGUAGE CXX VERIFY_INTERFACE_HEADER_SETS ON)
  list(TRANSFORM arg_USES PREPEND downstage::)
  target_link_libraries(downstage_${name} PUBLIC ${arg_USES} PRIVATE ${arg_PRIVATELY} downstage_warnings)
endfunction()

# downstage_unit_test(<module> [USES <module>...])
# One binary from tests/unit/<module>/*_test.cpp, every test known to ctest by its own name.
function(downstage_unit_test module)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "USES")
  file(GLOB sources CONFIGURE_DEPENDS ${module}/*_test.cpp)
  if(NOT sources)
    return()
  endif()
  add_executable(${module}_test ${sources})
  list(TRANSFORM arg_USES PREPEND downstage::)
  target_link_libraries(${module}_test PRIVATE downstage::${module} ${arg_USES} downstage_test_support
    GTest::gmock GTest::gtest_main downstage_warnings)
  gtest_discover_tests(${module}_test TEST_PREFIX ${module}. PROPERTIES LABELS unit DISCOVERY_TIMEOUT 60)
endfunction()
