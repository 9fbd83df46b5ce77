# The networks that ship lie where an installed program finds them, <bin>/../share/downstage/models, also in the build
# folder, so that the program looks in one place only (docs/networks.md).
option(DOWNSTAGE_LESION_NETWORK "Build and install with the lesion network, whose weights have a licence of their own" ON)

set(downstage_models_folder ${PROJECT_BINARY_DIR}/share/downstage/models)
file(GLOB downstage_model_files CONFIGURE_DEPENDS RELATIVE ${PROJECT_SOURCE_DIR}/modules/segmentation/models
  ${PROJECT_SOURCE_DIR}/modules/segmentation/models/*/*)
if(NOT DOWNSTAGE_LESION_NETWORK)
  list(FILTER downstage_model_files EXCLUDE REGEX "^lesion/")
endif()

# Packages of an earlier configuration must not stay: they would be used.
file(GLOB staged RELATIVE ${downstage_models_folder} ${downstage_models_folder}/*/*)
foreach(file ${staged})
  if(NOT file IN_LIST downstage_model_files)
    file(REMOVE ${downstage_models_folder}/${file})
  endif()
endforeach()

foreach(file ${downstage_model_files})
  configure_file(${PROJECT_SOURCE_DIR}/modules/segmentation/models/${file} ${downstage_models_folder}/${file} COPYONLY)
  get_filename_component(package ${file} DIRECTORY)
  install(FILES ${downstage_models_folder}/${file} DESTINATION share/downstage/models/${package})
endforeach()
