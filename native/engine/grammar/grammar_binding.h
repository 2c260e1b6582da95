// Grammars for JavaScript without a model, over any vocabulary: for tests, and for looking at a grammar's tokens.
#pragma once

#include "napi.h"

namespace redoubt {

/** `grammarVocabulary(pieces: Uint8Array[], endTokens: Int32Array)`: a handle with `compile(gbnf, sources, limits?)`. */
napi_value grammar_vocabulary(Call &call);

}  // namespace redoubt
