// Kernels are compiled for the processor at hand as well. Only instructions that round as the plain ones do: fused
// multiplication would give other last digits than the engine.
#pragma once

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__)
#define BANSO_WIDE __attribute__((target_clones("avx2", "default")))
#else
#define BANSO_WIDE
#endif
