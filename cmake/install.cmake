# The installed package: one export set and one install component for each component of find_package,
# so that a user of the core needs none of what the others need. Nothing installed holds an absolute path.

include(CMakePackageConfigHelpers)

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/attain)

function(attain_install_component component target)
  install(TARGETS ${target} EXPORT attain-${component}
    ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT ${component}
    FILE_SET HEADERS DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT ${component})
  install(EXPORT attain-${component}
    FILE attain-${component}-targets.cmake
    NAMESPACE attain::
    DESTINATION ${package_dir} COMPONENT ${component})
endfunction()

# pkg-config file NAME.pc; its prefix is found from where the file lies.
function(attain_install_pkgconfig component name)
  set(pkgconfig_dir ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
  file(RELATIVE_PATH prefix_from_pkgconfig /${pkgconfig_dir} /)
  string(REGEX REPLACE "/$" "" prefix_from_pkgconfig ${prefix_from_pkgconfig})
  configure_file(cmake/${name}.pc.in ${name}.pc @ONLY)
  install(FILES ${CMAKE_CURRENT_BINARY_DIR}/${name}.pc DESTINATION ${pkgconfig_dir} COMPONENT ${component})
endfunction()

attain_install_component(core attain)
attain_install_pkgconfig(core attain)
attain_install_component(compiled attain_compiled)
if(ATTAIN_FILES)
  attain_install_component(files attain_files)
  install(DIRECTORY schemas DESTINATION ${CMAKE_INSTALL_DATADIR}/attain COMPONENT files)
  attain_install_pkgconfig(files attain-files)
endif()
if(ATTAIN_ARCHIVE)
  attain_install_component(archive attain_archive)
  attain_install_pkgconfig(archive attain-archive)
endif()
if(ATTAIN_STORE)
  attain_install_component(store attain_store)
  attain_install_pkgconfig(store attain-store)
endif()

configure_package_config_file(cmake/attain-config.cmake.in attain-config.cmake
  INSTALL_DESTINATION ${package_dir}
  NO_SET_AND_CHECK_MACRO)
write_basic_package_version_file(attain-config-version.cmake
  COMPATIBILITY SameMinorVersion)
install(
  FILES ${CMAKE_CURRENT_BINARY_DIR}/attain-config.cmake ${CMAKE_CURRENT_BINARY_DIR}/attain-config-version.cmake
  DESTINATION ${package_dir} COMPONENT core)
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT documentation)
