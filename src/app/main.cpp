#include "command_line.hpp"

int main(int argc, char** argv) {
  return banso::app::run(argc, argv);
}
