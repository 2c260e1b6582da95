// Where a copied value may begin and end. A word runs to white space; a Han character stands alone, and so do
// : = | ; , ( ) [ ] " \ and their wide forms, except : and , between digits (12:30, 1,200). Numbers written in groups
// with one blank between them (138 1234) are one word. A value begins with a letter,
// a digit, a currency sign or one of ( 《 + # @ -, and ends with a letter, a digit or one of ) 》 % . +
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace redoubt {

struct Segment {
  uint32_t begin, end;
};

/** Stretches that a value stays within: apart are quotes, backslashes, control characters, U+3000 and two or more blanks. */
std::vector<Segment> line_segments(std::string_view text);

/** Borders within one segment: byte offsets from its begin, sorted. */
struct WordBorders {
  std::vector<uint32_t> starts, ends;
};
WordBorders word_borders(std::string_view segment);

}  // namespace redoubt
