# Whether every mark of the rules that is in scope has a hand-computed case in this folder.
# cmake -P tests/rules/marks.cmake; fails with the marks that have none, and with cases whose
# name begins with no known mark. Rules of many trials have their
# cases elsewhere.
cmake_minimum_required(VERSION 3.25)

set(in_scope
    T1 R4 R5 P1 P2 P3 P4 P5 P6 P7 P8 M1 M2 M3 M4 M5 M6 M7 M8 M9 M10 M11 M12
    G1 C1 S3 S4)

set(out_of_scope R1 R2 R3 R6 R7 S1 S2) # draws, sampling and summaries of many trials: tests/random

file(GLOB sources "${CMAKE_CURRENT_LIST_DIR}/*.cpp")
set(covered "")
set(faults "")
foreach(source IN LISTS sources)
    file(STRINGS "${source}" cases REGEX "^TEST_CASE\\(")
    get_filename_component(file "${source}" NAME)
    foreach(case IN LISTS cases)
        if(case MATCHES "^TEST_CASE\\(\"\\[([A-Z][0-9]+)\\] [^\"]" AND
           CMAKE_MATCH_1 IN_LIST in_scope)
            list(APPEND covered ${CMAKE_MATCH_1})
            math(EXPR count_${CMAKE_MATCH_1} "0${count_${CMAKE_MATCH_1}} + 1")
        else()
            list(APPEND faults "${file}: no mark in scope: ${case}")
        endif()
    endforeach()
endforeach()

set(listing "")
foreach(mark IN LISTS in_scope)
    if(NOT mark IN_LIST covered)
        list(APPEND faults "[${mark}] has no case")
    endif()
    if(mark IN_LIST out_of_scope)
        list(APPEND faults "[${mark}] is both in scope and out of scope")
    endif()
    math(EXPR count "0${count_${mark}}")
    string(APPEND listing " ${mark}:${count}")
endforeach()
list(LENGTH covered total)
message(STATUS "${total} cases:${listing}")
string(JOIN " " later ${out_of_scope})
message(STATUS "elsewhere: ${later}")

if(faults)
    list(JOIN faults "\n  " text)
    message(FATAL_ERROR "rules without a case, or cases without a rule:\n  ${text}")
endif()
