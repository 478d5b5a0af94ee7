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

# Most of the time of a build goes into reading headers again for every file. So the files of a target are compiled some at a
# time, which takes a third of the time on a clean clone. Off for clang-tidy, and for those who work on one file all day.
option(BANSO_TOGETHER "Compile several files of a target at once" ON)
set(CMAKE_UNITY_BUILD ${BANSO_TOGETHER})
set(CMAKE_UNITY_BUILD_BATCH_SIZE 12)
file(STRINGS "${PROJECT_SOURCE_DIR}/cmake/compiled_alone.txt" BANSO_COMPILED_ALONE REGEX "^[^#]")
set_property(DIRECTORY "${PROJECT_SOURCE_DIR}" APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS
  "${PROJECT_SOURCE_DIR}/cmake/compiled_alone.txt")
if(BANSO_TOGETHER)
  # A neighbour's private name may be shadowed; every file that is included is taken for a header whose private types leak; and
  # what is inlined from a neighbour leads g++ 12 to see variants that were never set (it errs).
  add_compile_options(-Wall -Wextra -Wshadow=local -Wno-subobject-linkage -Wnon-virtual-dtor -Werror
                      -Wno-error=maybe-uninitialized)
else()
  add_compile_options(-Wall -Wextra -Wshadow -Wnon-virtual-dtor -Werror)
endif()
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -g1")
set(CMAKE_CXX_FLAGS_DEBUG "-O0 -g1")

option(BANSO_SANITIZE "Build with AddressSanitizer and UndefinedBehaviorSanitizer" OFF)
if(BANSO_SANITIZE)
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
endif()

# Marks those of SOURCES (of this folder) that cannot be compiled together with their neighbours.
function(banso_compile_alone)
  foreach(source IN LISTS ARGN)
    cmake_path(RELATIVE_PATH source BASE_DIRECTORY "${PROJECT_SOURCE_DIR}" OUTPUT_VARIABLE path)
    if(path IN_LIST BANSO_COMPILED_ALONE)
      set_source_files_properties("${source}" PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
    endif()
  endforeach()
endfunction()

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
  banso_compile_alone(${sources})
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
