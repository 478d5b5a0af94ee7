# Third-party parts. Each is an imported target that only the library hiding it links.
find_package(Threads REQUIRED)
find_package(fmt REQUIRED)
find_package(ICU REQUIRED COMPONENTS uc i18n)
find_package(CURL REQUIRED)
find_package(ZLIB REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(SODIUM REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(CMARK REQUIRED IMPORTED_TARGET libcmark)
pkg_check_modules(ZSTD REQUIRED IMPORTED_TARGET libzstd)
pkg_check_modules(ORCUS REQUIRED IMPORTED_TARGET liborcus-0.17)  # .xlsx
find_package(simdjson REQUIRED)
find_package(Boost 1.81 REQUIRED COMPONENTS json)
find_package(spdlog REQUIRED)
find_package(prometheus-cpp REQUIRED)
find_package(CLI11 REQUIRED)

# DuckDB comes from two npm packages: the shared library and, of the same release line, its C header.
set(BANSO_NODE_MODULES "${PROJECT_SOURCE_DIR}/tools/parts/node_modules")
find_library(DUCKDB_LIBRARY duckdb PATHS "${BANSO_NODE_MODULES}/@duckdb/node-bindings-linux-x64" NO_DEFAULT_PATH REQUIRED)
find_path(DUCKDB_INCLUDE duckdb.h
  PATHS "${BANSO_NODE_MODULES}/duckdb/src/duckdb/src/include" NO_DEFAULT_PATH REQUIRED)
add_library(duckdb_c SHARED IMPORTED)
set_target_properties(duckdb_c PROPERTIES IMPORTED_LOCATION "${DUCKDB_LIBRARY}")
# Only the one header: the folder holds DuckDB's C++ internals as well.
file(MAKE_DIRECTORY "${PROJECT_BINARY_DIR}/parts/duckdb")
file(CREATE_LINK "${DUCKDB_INCLUDE}/duckdb.h" "${PROJECT_BINARY_DIR}/parts/duckdb/duckdb.h" SYMBOLIC)
target_include_directories(duckdb_c SYSTEM INTERFACE "${PROJECT_BINARY_DIR}/parts/duckdb")
