# How the house is built. Every folder below src/ is one static library, and what it may include is exactly
# what it links: each library publishes its headers through a "face" folder in the build tree that nobody
# else sees. Including a header of a library that is not linked is therefore a compile error, and of a module only
# its face (modules/<name>/<name>.hpp) can be reached from outside.

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
  # Paths below the tree are cached as relative ones, so that a second clone finds what the first compiled.
  set(CMAKE_CXX_COMPILER_LAUNCHER
      ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${PROJECT_SOURCE_DIR} CCACHE_NOHASHDIR=1 ${CCACHE_PROGRAM})
endif()
find_program(LLD_PROGRAM ld.lld)
if(LLD_PROGRAM)
  add_link_options(-fuse-ld=lld)
endif()

add_compile_options(-Wall -Wextra -Wshadow -Wnon-virtual-dtor -Werror)
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -g1")
set(CMAKE_CXX_FLAGS_DEBUG "-O0 -g1")

option(BANSO_SANITIZE "Build with AddressSanitizer and UndefinedBehaviorSanitizer" OFF)
if(BANSO_SANITIZE)
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
endif()

set(BANSO_FACES "${PROJECT_BINARY_DIR}/faces")
include(GoogleTest)
find_package(GTest REQUIRED)

# Publishes FILE_OR_FOLDER under FACE_PATH (what others write in their #include) for TARGET alone.
function(banso_face target face_path file_or_folder)
  set(root "${BANSO_FACES}/${target}")
  # Faces are made anew at each configuration: a link left from a folder that used to be published whole would let the
  # next link be written into the source tree.
  get_property(made TARGET ${target} PROPERTY BANSO_FACE_MADE)
  if(NOT made)
    file(REMOVE_RECURSE "${root}")
    set_property(TARGET ${target} PROPERTY BANSO_FACE_MADE ON)
  endif()
  get_filename_component(parent "${root}/${face_path}" DIRECTORY)
  file(MAKE_DIRECTORY "${parent}")
  file(CREATE_LINK "${file_or_folder}" "${root}/${face_path}" SYMBOLIC)
  get_target_property(type ${target} TYPE)
  if(type STREQUAL "INTERFACE_LIBRARY")
    target_include_directories(${target} INTERFACE "${root}")
  else()
    target_include_directories(${target} PUBLIC "${root}")
  endif()
endfunction()

# banso_library(core LINKS ... PRIVATE_LINKS ...): all .cpp files of the folder (not *_test.cpp) as library <name>,
# and all *_test.cpp files as test program <name>_test.
function(banso_library name)
  cmake_parse_arguments(ARG "RECURSE" "" "LINKS;PRIVATE_LINKS;TEST_LINKS" ${ARGN})
  if(ARG_RECURSE)
    file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/*.cpp")
  else()
    file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/*.cpp")
  endif()
  set(tests ${sources})
  list(FILTER sources EXCLUDE REGEX "_test\\.cpp$")
  list(FILTER tests INCLUDE REGEX "_test\\.cpp$")
  if(sources)
    add_library(${name} STATIC ${sources})
    target_link_libraries(${name} PUBLIC ${ARG_LINKS} PRIVATE ${ARG_PRIVATE_LINKS})
  else()
    add_library(${name} INTERFACE)
    target_link_libraries(${name} INTERFACE ${ARG_LINKS})
  endif()
  if(tests)
    add_executable(${name}_test ${tests})
    target_link_libraries(${name}_test PRIVATE ${name} ${ARG_PRIVATE_LINKS} ${ARG_TEST_LINKS} GTest::gtest_main GTest::gmock)
    target_compile_definitions(${name}_test PRIVATE BANSO_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
    set_property(GLOBAL APPEND PROPERTY BANSO_TESTS ${name}_test)
  endif()
endfunction()

# banso_module(health LINKS ... PRIVATE_LINKS ...): a module in src/modules/<name>; its face is <name>.hpp alone.
function(banso_module name)
  banso_library(${name} ${ARGN})
  banso_face(${name} "modules/${name}/${name}.hpp" "${CMAKE_CURRENT_SOURCE_DIR}/${name}.hpp")
endfunction()
