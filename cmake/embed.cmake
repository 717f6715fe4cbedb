# broadsheet_embed(FOLDER NAME DIRECTORY): puts every file below DIRECTORY into bs_FOLDER. The generated header
# "embedded_NAME.h" (lower case) declares  std::span<const base::EmbeddedFile> embedded_NAME();
# paths are relative to DIRECTORY, sorted. The program then needs no files beside it.
function(broadsheet_embed FOLDER NAME DIRECTORY)
  # A folder that has no source yet cannot hold anything.
  get_target_property(KIND bs_${FOLDER} TYPE)
  if(KIND STREQUAL "INTERFACE_LIBRARY")
    return()
  endif()
  string(TOLOWER ${NAME} LOWER)
  set(ROOT ${PROJECT_SOURCE_DIR}/${DIRECTORY})
  set(OUT ${PROJECT_BINARY_DIR}/embedded)
  file(GLOB_RECURSE FILES CONFIGURE_DEPENDS RELATIVE ${ROOT} ${ROOT}/*)
  list(SORT FILES)

  set(DATA "")
  set(TABLE "")
  set(DEPENDS "")
  set(INDEX 0)
  foreach(FILE ${FILES})
    # .incbin lets the assembler read the file, so that no size of theme slows the compiler down.
    string(APPEND DATA "asm(\".section .rodata\\n.balign 16\\n\"\n    \".global bs_${LOWER}_${INDEX}\\nbs_${LOWER}_${INDEX}:\\n\"\n    \".incbin \\\"${ROOT}/${FILE}\\\"\\n\"\n    \".global bs_${LOWER}_${INDEX}_end\\nbs_${LOWER}_${INDEX}_end:\\n.byte 0\\n.previous\\n\");\nextern \"C\" const char bs_${LOWER}_${INDEX}[];\nextern \"C\" const char bs_${LOWER}_${INDEX}_end[];\n")
    string(APPEND TABLE "      {\"${FILE}\", {bs_${LOWER}_${INDEX}, static_cast<std::size_t>(bs_${LOWER}_${INDEX}_end - bs_${LOWER}_${INDEX})}},\n")
    list(APPEND DEPENDS ${ROOT}/${FILE})
    math(EXPR INDEX "${INDEX} + 1")
  endforeach()

  file(CONFIGURE OUTPUT ${OUT}/embedded_${LOWER}.h CONTENT
"#pragma once
#include <span>
#include \"base/embedded_file.h\"
std::span<const base::EmbeddedFile> embedded_${LOWER}();
")
  file(CONFIGURE OUTPUT ${OUT}/embedded_${LOWER}.cpp CONTENT
"#include \"embedded_${LOWER}.h\"
${DATA}
std::span<const base::EmbeddedFile> embedded_${LOWER}() {
  static const base::EmbeddedFile files[] = {
${TABLE}  };
  return files;
}
")
  set_source_files_properties(${OUT}/embedded_${LOWER}.cpp PROPERTIES OBJECT_DEPENDS "${DEPENDS}")
  target_sources(bs_${FOLDER} PRIVATE ${OUT}/embedded_${LOWER}.cpp)
  target_include_directories(bs_${FOLDER} PRIVATE ${OUT})
endfunction()
