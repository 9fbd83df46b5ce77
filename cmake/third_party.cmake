# Every third-party library and the least version that was tried, in one place. Each becomes one INTERFACE
# target that a module links PRIVATELY, so that no public header of ours can show it.
find_package(Threads REQUIRED)

# downstage_third_party(<target> INCLUDES <dir>... LIBRARIES <lib>...)
function(downstage_third_party target)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "INCLUDES;LIBRARIES")
  add_library(${target} INTERFACE)
  target_include_directories(${target} SYSTEM INTERFACE ${arg_INCLUDES})
  target_link_libraries(${target} INTERFACE ${arg_LIBRARIES})
endfunction()

find_package(ITK 5.2 REQUIRED COMPONENTS ITKCommon ITKIONIFTI ITKIONRRD ITKIOImageBase ITKSmoothing
  ITKConnectedComponents ITKDistanceMap ITKWatersheds ITKImageGrid ITKImageFunction ITKThresholding
  ITKBinaryMathematicalMorphology ITKMathematicalMorphology)
downstage_third_party(downstage_itk INCLUDES ${ITK_INCLUDE_DIRS} LIBRARIES ${ITK_LIBRARIES})
# ITK's neighbourhood iterators step from a null pointer that they never follow (itkConstNeighborhoodIterator.hxx:705),
# inside templates that are compiled with our files; all else the sanitizers watch stays on.
target_compile_options(downstage_itk INTERFACE -fno-sanitize=pointer-overflow)

find_package(DCMTK REQUIRED)
downstage_third_party(downstage_dcmtk INCLUDES ${DCMTK_INCLUDE_DIRS}
  LIBRARIES DCMTK::dcmjpls DCMTK::dcmjpeg DCMTK::dcmimgle DCMTK::dcmdata DCMTK::oflog DCMTK::ofstd)

# Debian ships OpenCV's CMake configuration only with the 687 MB libopencv-dev.
find_path(OPENCV_INCLUDE_DIR opencv2/core.hpp PATH_SUFFIXES opencv4 REQUIRED)
foreach(part core imgproc imgcodecs)
  find_library(OPENCV_${part}_LIBRARY opencv_${part} REQUIRED)
  list(APPEND OPENCV_LIBRARIES ${OPENCV_${part}_LIBRARY})
endforeach()
downstage_third_party(downstage_opencv INCLUDES ${OPENCV_INCLUDE_DIR} LIBRARIES ${OPENCV_LIBRARIES})
find_library(OPENCV_dnn_LIBRARY opencv_dnn REQUIRED)
downstage_third_party(downstage_opencv_dnn INCLUDES ${OPENCV_INCLUDE_DIR}
  LIBRARIES ${OPENCV_dnn_LIBRARY} ${OPENCV_imgproc_LIBRARY} ${OPENCV_core_LIBRARY})

find_package(LibArchive REQUIRED)
find_path(OPENJPEG_INCLUDE_DIR openjpeg.h PATH_SUFFIXES openjpeg-2.5 REQUIRED)  # its CMake files name no version
find_library(OPENJPEG_LIBRARY openjp2 REQUIRED)
find_package(OpenSSL 3.0 REQUIRED COMPONENTS Crypto)
find_package(nlohmann_json 3.11 REQUIRED)
find_package(CLI11 2.1 REQUIRED)
downstage_third_party(downstage_archive INCLUDES ${LibArchive_INCLUDE_DIRS} LIBRARIES LibArchive::LibArchive)
downstage_third_party(downstage_openjpeg INCLUDES ${OPENJPEG_INCLUDE_DIR} LIBRARIES ${OPENJPEG_LIBRARY})
