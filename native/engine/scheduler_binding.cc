#include "scheduler_binding.h"

#include <future>

#include "job.h"
#include "request_reader.h"

namespace redoubt {
namespace {

/** What the engine's thread, its events and the handle share. */
struct Session {
  std::shared_ptr<Model> model;
  std::shared_ptr<Scheduler> scheduler;
  std::shared_ptr<ThreadCall> events;
  std::unique_ptr<GrammarCache> grammars;
  std::promise<void> end;
  std::shared_future<void> ended = end.get_future().share();
  // Of the JavaScript thread: while requests run, the process does not end by itself.
  int64_t running = 0;
  int64_t next_internal_id = -1;
};

struct SchedulerHandle {
  static constexpr napi_type_tag type_tag = {0x51c7a9e04b3d4f18ULL, 0xa26e90d1f3b847c5ULL};
  std::shared_ptr<Session> session;

  ~SchedulerHandle() {
    if (session && session->scheduler) session->scheduler->close();
  }
};

Session &session_of(Call &call) {
  auto &session = call.self<SchedulerHandle>("a scheduler").session;
  if (!session || !session->scheduler) throw Error("engine/closed", "The scheduler is closed.");
  return *session;
}

void count(napi_env env, Session &session, int64_t change) {
  session.running += change;
  if (change > 0 && session.running == change) session.events->keep_alive(env, true);
  if (change < 0 && session.running == 0) session.events->keep_alive(env, false);
}

void deliver(napi_env env, napi_value function, Session &session, const std::vector<GenerationEvent> &events) {
  napi_value array;
  check(env, napi_create_array(env, &array));
  uint32_t told = 0;
  int64_t ended = 0;
  for (const auto &event : events) {
    if (event.id < 0) continue;  // a saved or restored state
    check(env, napi_set_element(env, array, told++, make_event(env, event)));
    if (event.kind == GenerationEvent::Kind::end) ended++;
  }
  if (ended > 0) count(env, session, -ended);
  if (told > 0) call_function(env, function, {array});
}

void send(napi_env env, Session &session, Request request) {
  if (!session.scheduler->submit(std::move(request))) throw Error("engine/closed", "The scheduler is closed.");
  count(env, session, 1);
}

napi_value submit(Call &call) {
  Session &session = session_of(call);
  send(call.env(), session, read_request(call.argument(0, "request"), *session.model, session.scheduler->options(), *session.grammars));
  return make_undefined(call.env());
}

napi_value cancel(Call &call) {
  session_of(call).scheduler->cancel(call.argument(0, "id").integer(0, (int64_t{1} << 53) - 1));
  return make_undefined(call.env());
}

napi_value clear_cache(Call &call) {
  session_of(call).scheduler->clear_cache();
  return make_undefined(call.env());
}

napi_value stats(Call &call) { return make_statistics(call.env(), session_of(call).scheduler->statistics()); }

/** Sends a request that works on a state; the promise settles with what `result` makes of it. */
napi_value send_for_state(Call &call, Request request, std::function<void(StateResult)> Request::*answer,
                          std::function<napi_value(napi_env, const StateResult &)> result) {
  Session &session = session_of(call);
  napi_deferred deferred;
  napi_value promise;
  check(call.env(), napi_create_promise(call.env(), &deferred, &promise));
  request.id = session.next_internal_id--;
  request.*answer = [deferred, result, weak = std::weak_ptr<Session>(call.self<SchedulerHandle>("a scheduler").session)](StateResult told) {
    const auto session = weak.lock();
    if (!session) return;
    const auto shared = std::make_shared<StateResult>(std::move(told));
    session->events->post([deferred, result, session, shared](napi_env env, napi_value) {
      count(env, *session, -1);
      const std::string code = shared->error == "cancelled" || shared->error == "deadline" ? "engine/cancelled" : "engine/state";
      if (shared->error.empty()) check(env, napi_resolve_deferred(env, deferred, result(env, *shared)));
      else check(env, napi_reject_deferred(env, deferred, make_error(env, Error(code, shared->error))));
    });
  };
  try {
    send(call.env(), session, std::move(request));
  } catch (const Error &error) {
    check(call.env(), napi_reject_deferred(call.env(), deferred, make_error(call.env(), error)));
  }
  return promise;
}

/** `saveState(tokens, { adapters?, priority? })`: the state after these tokens, read now where they are not in the cache. */
napi_value save_state(Call &call) {
  Session &session = session_of(call);
  const Value options = call.argument(1, "options");
  Request request;
  request.tokens = call.argument(0, "tokens").integers();
  if (request.tokens.empty() || request.tokens.size() > static_cast<size_t>(session.scheduler->options().context_per_slot))
    refuse(call.argument(0, "tokens").name(), "at least one token and at most a slot's context");
  session.model->check_tokens(request.tokens, "tokens");
  if (!options.missing()) {
    request.priority = static_cast<int32_t>(options.integer_or("priority", 0, -1000000, 1000000));
    if (options.has("adapters")) request.adapters = read_adapter_uses(options.at("adapters"), *session.model);
  }
  return send_for_state(call, std::move(request), &Request::on_saved,
                        [](napi_env env, const StateResult &state) { return make_buffer(env, state.bytes.data(), state.bytes.size()); });
}

/** `restoreState(bytes, { adapters? })`: puts a saved state into an idle slot, for the next request that begins like it. */
napi_value restore_state(Call &call) {
  Session &session = session_of(call);
  const Value options = call.argument(1, "options");
  Request request;
  request.restore = call.argument(0, "state").bytes();
  request.priority = 1000001;
  if (!options.missing() && options.has("adapters")) request.adapters = read_adapter_uses(options.at("adapters"), *session.model);
  return send_for_state(call, std::move(request), &Request::on_restored,
                        [](napi_env env, const StateResult &state) { return make_typed_array(env, state.tokens.data(), state.tokens.size()); });
}

/** Ends every request with `cancelled`; resolves when the context is gone. */
napi_value close(Call &call) {
  const auto session = std::move(call.self<SchedulerHandle>("a scheduler").session);
  Job job;
  if (session) {
    session->scheduler->close();
    session->grammars.reset();
    job.body = [ended = session->ended](ThreadCall &) { ended.wait(); };
  } else {
    job.body = [](ThreadCall &) {};
  }
  return run_job(call.env(), std::move(job));
}

napi_value make_scheduler(napi_env env, const std::shared_ptr<Session> &session) {
  session->grammars = std::make_unique<GrammarCache>(session->scheduler->vocabulary().trie);
  auto handle = std::make_unique<SchedulerHandle>();
  handle->session = session;
  napi_value object = make_handle(env, std::move(handle),
                                  {
                                      method<submit>("submit"),
                                      method<cancel>("cancel"),
                                      method<save_state>("saveState"),
                                      method<restore_state>("restoreState"),
                                      method<clear_cache>("clearCache"),
                                      method<stats>("stats"),
                                      method<close>("close"),
                                  });
  start_thread(
      env,
      [session] {
        session->scheduler->run();
        // Its loop has ended, so the handle was closed and JavaScript cannot reach it any more.
        session->scheduler.reset();
        session->model.reset();
        session->end.set_value();
      },
      [weak = std::weak_ptr<Scheduler>(session->scheduler)] {
        if (const auto scheduler = weak.lock()) scheduler->close();
      });
  return object;
}

}  // namespace

napi_value create_scheduler(Call &call, const std::shared_ptr<Model> &model) {
  if (model->vocab_only()) throw Error("engine/unsupported", "The model was loaded without its weights.");
  const SchedulerOptions options = read_scheduler_options(call.argument(0, "options"));
  const auto session = std::make_shared<Session>();
  session->model = model;
  session->events = std::make_shared<ThreadCall>(call.env(), call.argument(1, "onEvents").function(), "redoubt scheduler", false);
  Job job;
  job.body = [session, options](ThreadCall &) {
    const std::weak_ptr<Session> weak = session;
    session->scheduler = std::make_shared<Scheduler>(session->model, options, [weak](std::vector<GenerationEvent> &&told) {
      const auto session = weak.lock();  // the engine's thread has it
      if (!session) return;
      const auto shared = std::make_shared<std::vector<GenerationEvent>>(std::move(told));
      session->events->post([session, shared](napi_env env, napi_value function) { deliver(env, function, *session, *shared); });
    });
  };
  job.result = [session](napi_env env) { return make_scheduler(env, session); };
  return run_job(call.env(), std::move(job));
}

}  // namespace redoubt
