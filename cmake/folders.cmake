# compile_together(TARGET): compiles a test program's files six at a time. More than half of a test's time goes into headers that all of them
# include, and into GoogleMock's templates (decision 0042).
option(BROADSHEET_UNITY "Compile tests several files at a time" ON)
function(compile_together TARGET)
  set_target_properties(${TARGET} PROPERTIES UNITY_BUILD ${BROADSHEET_UNITY} UNITY_BUILD_BATCH_SIZE 6)
endfunction()

# broadsheet_folder(NAME LINKS ...): makes src/NAME a static library bs_NAME and its *_test.cpp files the program NAME_test.
# A link that is a folder's name means that folder; any other is a third-party target.
function(broadsheet_folder NAME)
  cmake_parse_arguments(FOLDER "" "" "LINKS" ${ARGN})
  file(GLOB SOURCES CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/${NAME}/*.cpp)
  set(TESTS ${SOURCES})
  list(FILTER SOURCES EXCLUDE REGEX "_test\\.cpp$")
  list(FILTER TESTS INCLUDE REGEX "_test\\.cpp$")

  set(LIBRARY bs_${NAME})
  set(LINKS "")
  foreach(LINK ${FOLDER_LINKS})
    if(TARGET bs_${LINK})
      list(APPEND LINKS bs_${LINK})
    else()
      list(APPEND LINKS ${LINK})
    endif()
  endforeach()

  if(SOURCES)
    add_library(${LIBRARY} STATIC ${SOURCES})
    target_include_directories(${LIBRARY} PUBLIC ${PROJECT_SOURCE_DIR}/src)
    target_link_libraries(${LIBRARY} PUBLIC ${LINKS})
  else()
    add_library(${LIBRARY} INTERFACE)
    target_include_directories(${LIBRARY} INTERFACE ${PROJECT_SOURCE_DIR}/src)
    target_link_libraries(${LIBRARY} INTERFACE ${LINKS})
  endif()

  # Tests run in the source folder, so that every checkout compiles them alike and ccache can share the result.
  if(TESTS)
    add_executable(${NAME}_test ${TESTS})
    target_link_libraries(${NAME}_test PRIVATE ${LIBRARY} GTest::gtest GTest::gmock GTest::gtest_main)
    target_compile_definitions(${NAME}_test PRIVATE BROADSHEET_SOURCE_DIR=".")
    compile_together(${NAME}_test)
    add_test(NAME ${NAME} COMMAND ${NAME}_test WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
    set_tests_properties(${NAME} PROPERTIES TIMEOUT ${TEST_SECONDS})
  endif()
endfunction()
