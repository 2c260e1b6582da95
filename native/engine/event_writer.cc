// Events and statistics as JavaScript sees them.
#include "request_reader.h"

namespace redoubt {
namespace {

const char *name_of(EndReason reason) {
  switch (reason) {
    case EndReason::end: return "end";
    case EndReason::length: return "length";
    case EndReason::stop: return "stop";
    case EndReason::cancelled: return "cancelled";
    case EndReason::deadline: return "deadline";
    case EndReason::error: return "error";
  }
  return "error";
}

napi_value make_probabilities(napi_env env, const TokenProbabilities &told) {
  napi_value object = make_object(env);
  set(env, object, "count", make_number(env, told.count));
  set(env, object, "tokens", make_typed_array(env, told.tokens.data(), told.tokens.size()));
  set(env, object, "logits", make_typed_array(env, told.logits.data(), told.logits.size()));
  set(env, object, "logSums", make_typed_array(env, told.log_sums.data(), told.log_sums.size()));
  return object;
}

napi_value make_spans(napi_env env, const std::vector<CopySpan> &spans) {
  napi_value array;
  check(env, napi_create_array_with_length(env, spans.size(), &array));
  for (uint32_t i = 0; i < spans.size(); i++) {
    napi_value span = make_object(env);
    set(env, span, "source", make_number(env, spans[i].source));
    set(env, span, "begin", make_number(env, spans[i].begin));
    set(env, span, "end", make_number(env, spans[i].end));
    check(env, napi_set_element(env, array, i, span));
  }
  return array;
}

void write_end(napi_env env, napi_value object, const GenerationEvent &event) {
  set(env, object, "reason", make_text(env, name_of(event.reason)));
  if (!event.error.empty()) set(env, object, "error", make_text(env, event.error));
  set(env, object, "promptTokens", make_number(env, event.prompt_tokens));
  set(env, object, "cachedTokens", make_number(env, event.cached_tokens));
  set(env, object, "outputTokens", make_number(env, event.output_tokens));
  set(env, object, "draftedTokens", make_number(env, event.drafted_tokens));
  set(env, object, "acceptedTokens", make_number(env, event.accepted_tokens));
  if (!event.spans.empty()) set(env, object, "spans", make_spans(env, event.spans));
  napi_value timings = make_object(env);
  set(env, timings, "queueMs", make_number(env, event.queue_ms));
  set(env, timings, "promptMs", make_number(env, event.prompt_ms));
  set(env, timings, "decodeMs", make_number(env, event.decode_ms));
  set(env, object, "timings", timings);
}

}  // namespace

napi_value make_event(napi_env env, const GenerationEvent &event) {
  napi_value object = make_object(env);
  set(env, object, "id", make_number(env, static_cast<double>(event.id)));
  switch (event.kind) {
    case GenerationEvent::Kind::tokens:
      set(env, object, "kind", make_text(env, "tokens"));
      set(env, object, "tokens", make_typed_array(env, event.tokens.data(), event.tokens.size()));
      set(env, object, "bytes", make_buffer(env, event.bytes.data(), event.bytes.size()));
      if (event.probabilities.count > 0) set(env, object, "probabilities", make_probabilities(env, event.probabilities));
      break;
    case GenerationEvent::Kind::progress:
      set(env, object, "kind", make_text(env, "progress"));
      set(env, object, "promptDone", make_number(env, event.prompt_done));
      break;
    case GenerationEvent::Kind::end:
      set(env, object, "kind", make_text(env, "end"));
      write_end(env, object, event);
      break;
  }
  return object;
}

napi_value make_statistics(napi_env env, const Statistics &statistics) {
  napi_value object = make_object(env);
  const auto put = [&](const char *name, double value) { set(env, object, name, make_number(env, value)); };
  put("slots", statistics.slots);
  put("active", statistics.active);
  put("generating", statistics.generating);
  put("queued", statistics.queued);
  put("contextUsed", static_cast<double>(statistics.context_used));
  put("contextSize", static_cast<double>(statistics.context_size));
  put("steps", static_cast<double>(statistics.steps));
  put("promptTokens", static_cast<double>(statistics.prompt_tokens));
  put("cachedTokens", static_cast<double>(statistics.cached_tokens));
  put("copiedTokens", static_cast<double>(statistics.copied_tokens));
  put("generatedTokens", static_cast<double>(statistics.generated_tokens));
  put("draftedTokens", static_cast<double>(statistics.drafted_tokens));
  put("acceptedTokens", static_cast<double>(statistics.accepted_tokens));
  put("completed", static_cast<double>(statistics.completed));
  put("cancelled", static_cast<double>(statistics.cancelled));
  put("failed", static_cast<double>(statistics.failed));
  put("abortedSteps", static_cast<double>(statistics.aborted_steps));
  put("shifts", static_cast<double>(statistics.shifts));
  put("decodeMs", statistics.decode_us / 1000);
  put("outsideMs", statistics.outside_us / 1000);
  return object;
}

}  // namespace redoubt
