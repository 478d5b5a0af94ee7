# Turns <folder>/migrations/NNNN_name.sql into `std::span<const Migration> <namespace>::migrations()` of a library.
# MODULE is the name they are recorded under; NAMESPACE is the C++ namespace that declares migrations().
function(banso_migrations target module namespace)
  file(GLOB files CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/migrations/*.sql")
  list(SORT files)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${files})
  set(code "// Generated from migrations/*.sql.\n#include <array>\n#include <span>\n#include \"platform/records/records.hpp\"\n")
  set(entries "")
  set(count 0)
  foreach(file IN LISTS files)
    get_filename_component(name "${file}" NAME_WE)
    string(REGEX MATCH "^[0-9]+" number "${name}")
    math(EXPR number "${number}")
    file(READ "${file}" sql)
    string(APPEND entries "  {\"${module}\", ${number}, \"${name}\", R\"~sql~(${sql})~sql~\"},\n")
    math(EXPR count "${count} + 1")
  endforeach()
  string(APPEND code "namespace ${namespace} {\n"
    "namespace {\nconstexpr std::array<::banso::platform::records::Migration, ${count}> written_migrations{{\n${entries}}};\n}\n"
    "std::span<const ::banso::platform::records::Migration> migrations();\n"
    "std::span<const ::banso::platform::records::Migration> migrations() { return written_migrations; }\n}\n")
  set(path "${CMAKE_CURRENT_BINARY_DIR}/migrations.cpp")
  file(CONFIGURE OUTPUT "${path}" CONTENT "${code}" @ONLY)
  target_sources(${target} PRIVATE "${path}")
endfunction()
