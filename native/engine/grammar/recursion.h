// What can be said of rules before they are assembled: which may be empty, and whether one begins with itself.
#pragma once

#include "syntax.h"

namespace redoubt {

class Emptiness {
 public:
  explicit Emptiness(const Syntax &syntax);
  bool rule(uint32_t index) const { return rules_[index]; }
  bool item(const Item &item) const { return item.min == 0 || once(item); }
  /** Without its repetition. */
  bool once(const Item &item) const;
  bool any(const Alternatives &alternatives) const;

 private:
  std::vector<bool> rules_;
};

/** Throws `grammar/left-recursion`, naming the rule: a machine that goes down from the root would never read a byte. */
void refuse_left_recursion(const Syntax &syntax, const Emptiness &empty);

}  // namespace redoubt
