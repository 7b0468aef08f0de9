# How everything is compiled: warnings for all our targets, and what makes daily work faster.
# Nothing of this reaches a project that embeds vcsr, except GCC's calls in tail position.
add_library(vcsr_warnings INTERFACE)
target_compile_options(vcsr_warnings INTERFACE -Wall -Wextra -Wpedantic)
if(VCSR_WERROR)
  target_compile_options(vcsr_warnings INTERFACE $<$<CONFIG:Debug>:-Werror>)
endif()
# Once it inlines, GCC 12 takes what a moved std::variant does not hold for used; builds for development see no
# such thing, nor do Clang and the sanitizers.
target_compile_options(vcsr_warnings
                       INTERFACE $<$<AND:$<CXX_COMPILER_ID:GNU>,$<NOT:$<CONFIG:Debug>>>:-Wno-maybe-uninitialized>)

# GCC 12 runs out of stack in loops of coroutines that finish at once unless calls in tail
# position are jumps, at every level of optimization.
set(VCSR_COROUTINE_FLAGS $<$<CXX_COMPILER_ID:GNU>:-foptimize-sibling-calls>)
target_compile_options(vcsr_warnings INTERFACE ${VCSR_COROUTINE_FLAGS})

if(PROJECT_IS_TOP_LEVEL)
  set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
  find_program(VCSR_CCACHE ccache)
  if(VCSR_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${PROJECT_SOURCE_DIR}
                                    CCACHE_NOHASHDIR=1 ${VCSR_CCACHE})
  endif()
  find_program(VCSR_LLD ld.lld)
  if(VCSR_LLD AND CMAKE_BUILD_TYPE STREQUAL "Debug")
    add_link_options(-fuse-ld=lld)
  endif()
endif()
