# The package: libvcsr, its headers, vcsrConfig.cmake, vcsr.pc and the vcsr command.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)
set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/vcsr)

install(TARGETS vcsr EXPORT vcsr LIBRARY FILE_SET HEADERS)
install(EXPORT vcsr NAMESPACE vcsr:: FILE vcsrTargets.cmake DESTINATION ${package_dir})
configure_package_config_file(cmake/vcsrConfig.cmake.in ${PROJECT_BINARY_DIR}/vcsrConfig.cmake
                              INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/vcsrConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/vcsrConfig.cmake ${PROJECT_BINARY_DIR}/vcsrConfigVersion.cmake
        DESTINATION ${package_dir})

# Found from where the file lies, so that the installed tree may be moved.
file(RELATIVE_PATH pc_to_prefix /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
configure_file(cmake/vcsr.pc.in ${PROJECT_BINARY_DIR}/vcsr.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/vcsr.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})
if(TARGET vcsr_tool)
  install(TARGETS vcsr_tool RUNTIME)
endif()
