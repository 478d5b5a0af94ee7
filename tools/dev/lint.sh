# ./dev fmt and ./dev lint

cpp_files() { git ls-files --cached --others --exclude-standard -- 'src/*.cpp' 'src/*.hpp' 'bench/*.cpp' 'bench/*.hpp' 'tests/fuzz/*.cpp'; }

dev_fmt() {
  need_packages build lint
  need_parts
  need_npm web
  cpp_files | xargs -r clang-format -i
  (cd web && run_npm run --silent fmt)
}

# C++ files that differ from what is on main's upstream, or else from the last commit but ten.
changed_cpp() {
  local base
  base=$(git merge-base HEAD origin/main 2>/dev/null || git rev-parse HEAD~10 2>/dev/null || git rev-list --max-parents=0 HEAD)
  { git diff --name-only --diff-filter=d "$base" -- 'src/*.cpp'; git ls-files --others --exclude-standard -- 'src/*.cpp'; } | sort -u
}

dev_lint() {
  need_packages build lint
  need_parts
  need_npm web
  local failed=0
  say "formatting"
  cpp_files | xargs -r clang-format --dry-run -Werror || failed=1
  say "house rules"
  node tools/dev/house_rules.mjs || failed=1
  say "clang-tidy on what changed"
  # Each file by itself, so that clang-tidy finds the command that compiles it; configured, never built.
  cmake -G Ninja -S "$root" -B "$build/tidy" -DCMAKE_BUILD_TYPE=Release -DBANSO_TOGETHER=OFF >"$build/tidy.configure.log" 2>&1 || { cat "$build/tidy.configure.log" >&2; exit 1; }
  changed_cpp | xargs -r -P "$(cores)" -n 4 clang-tidy -p "$build/tidy" --quiet 2>/dev/null || failed=1
  say "web"
  (cd web && run_npm run --silent typecheck && run_npm run --silent lint) || failed=1
  [ $failed = 0 ] && echo "lint: clean"
  return $failed
}
