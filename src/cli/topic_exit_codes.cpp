#include <fleetcast/cli/help.hpp>

namespace fleetcast {

std::string exit_codes_topic() {
    return "Exit codes\n\n" +
           entries(
               {{"0", "all is well; `forecast` prints checks that fail, but does not end by them"},
                {"1", "a defect of the program"},
                {"2", "the command line is wrong: an unknown option, name or value"},
                {"3", "bad input: a mistake in a scenario or in a saved result"},
                {"4", "a file or standard output could not be read or written"},
                {"5", "refused: over a cap, out of memory, or out of time (`--timeout`)"},
                {"10", "results differ: `compare --exit-code`; without that option never"},
                {"99", "a check failed: `check`"},
                {"129, 130, 143", "ended by SIGHUP, SIGINT (Ctrl-C) or SIGTERM"},
                {"141", "the reader of standard output closed the pipe"}}) +
           "\n" +
           paragraphs(
               "With several scenarios the most severe counts, in the order 1, 5, 4, 3, 99, "
               "10. Files are written whole or not at all. The code 6 is kept for a command of a "
               "later version.");
}

} // namespace fleetcast
