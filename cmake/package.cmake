# The Debian package: the program, its manual page, its units. script/package builds it.

# The manual page is what the program says of itself.
find_program(GZIP gzip REQUIRED)
add_custom_command(
  OUTPUT ${PROJECT_BINARY_DIR}/broadsheet.1.gz
  COMMAND broadsheet man > broadsheet.1
  COMMAND ${GZIP} -9nf broadsheet.1
  DEPENDS broadsheet
  WORKING_DIRECTORY ${PROJECT_BINARY_DIR} VERBATIM)
add_custom_target(manual DEPENDS ${PROJECT_BINARY_DIR}/broadsheet.1.gz)

add_custom_command(
  OUTPUT ${PROJECT_BINARY_DIR}/changelog.gz
  COMMAND ${GZIP} -9nc ${PROJECT_SOURCE_DIR}/CHANGELOG.md > changelog.gz
  DEPENDS ${PROJECT_SOURCE_DIR}/CHANGELOG.md
  WORKING_DIRECTORY ${PROJECT_BINARY_DIR} VERBATIM)
add_custom_target(package_files DEPENDS broadsheet manual ${PROJECT_BINARY_DIR}/changelog.gz)

set(CMAKE_SKIP_INSTALL_ALL_DEPENDENCY ON)  # a package needs no tests
install(TARGETS broadsheet RUNTIME DESTINATION bin)
install(FILES ${PROJECT_BINARY_DIR}/broadsheet.1.gz DESTINATION share/man/man1)
install(FILES ${PROJECT_BINARY_DIR}/changelog.gz DESTINATION share/doc/broadsheet)
install(FILES LICENSE DESTINATION share/doc/broadsheet RENAME copyright)
install(FILES packaging/systemd/broadsheet.service packaging/systemd/broadsheet.socket DESTINATION lib/systemd/system)
install(FILES packaging/debian/default DESTINATION /etc/default RENAME broadsheet)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME broadsheet)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_CONTACT "Broadsheet <broadsheet@example.org>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "news site in one program")
set(CPACK_PACKAGE_DESCRIPTION "An editor publishes an article; readers get it as a fast plain page with their comments under it.\n One binary, one folder of data, an embedded database.")
set(CPACK_SET_DESTDIR ON)  # for /etc; then this is the prefix
set(CPACK_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION web)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "init-system-helpers, passwd, util-linux")
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA
  ${PROJECT_SOURCE_DIR}/packaging/debian/conffiles ${PROJECT_SOURCE_DIR}/packaging/debian/postinst
  ${PROJECT_SOURCE_DIR}/packaging/debian/prerm ${PROJECT_SOURCE_DIR}/packaging/debian/postrm)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
include(CPack)
