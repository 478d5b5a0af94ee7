// The command line of the one binary.
#pragma once

namespace banso::app {

int run(int argc, char** argv);

}  // namespace banso::app
