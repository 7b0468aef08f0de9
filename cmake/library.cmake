# libvcsr: the layers with a public face as one shared library, for programs outside this tree
# (vcsr::vcsr). Inside, programs and tests link the layers they name.
get_property(archives GLOBAL PROPERTY VCSR_ARCHIVES)
get_property(headers GLOBAL PROPERTY VCSR_HEADERS)
get_property(libs GLOBAL PROPERTY VCSR_LIBS)
list(REMOVE_DUPLICATES headers)
list(REMOVE_DUPLICATES libs)

# Linked as objects: an archive would drop what no other object of the library refers to.
list(TRANSFORM archives REPLACE "(.+)" "$<TARGET_OBJECTS:\\1>" OUTPUT_VARIABLE objects)
add_library(vcsr SHARED ${objects})
add_library(vcsr::vcsr ALIAS vcsr)
set_target_properties(vcsr PROPERTIES
  VERSION ${PROJECT_VERSION}
  SOVERSION ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR}
  LINKER_LANGUAGE CXX
  VERIFY_INTERFACE_HEADER_SETS ON)
target_compile_features(vcsr PUBLIC cxx_std_20)
target_compile_options(vcsr INTERFACE ${VCSR_COROUTINE_FLAGS})
target_link_libraries(vcsr PRIVATE ${libs})
target_sources(vcsr PUBLIC FILE_SET HEADERS BASE_DIRS ${PROJECT_SOURCE_DIR}/include FILES ${headers})
target_link_options(vcsr PRIVATE -Wl,--exclude-libs,ALL -Wl,--version-script=${PROJECT_SOURCE_DIR}/cmake/exports.map)
set_property(TARGET vcsr APPEND PROPERTY LINK_DEPENDS ${PROJECT_SOURCE_DIR}/cmake/exports.map)
