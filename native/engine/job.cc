#include "job.h"

#include <condition_variable>
#include <list>
#include <optional>
#include <set>
#include <thread>
#include <vector>

namespace redoubt {
namespace {

// Threads that run, with the environment they belong to.
struct Running {
  napi_env env;
  std::function<void()> stop;
};
std::mutex mutex;
std::condition_variable ended;
std::list<Running> running;
std::set<napi_env> closed_environments;

/** Asks every thread of the environment to stop and waits until none is left. */
void stop_threads(void *data) {
  const auto env = static_cast<napi_env>(data);
  std::unique_lock<std::mutex> lock(mutex);
  closed_environments.insert(env);
  std::vector<std::function<void()>> stops;
  for (const Running &each : running)
    if (each.env == env && each.stop) stops.push_back(each.stop);
  lock.unlock();
  for (const auto &stop : stops) stop();
  lock.lock();
  ended.wait(lock, [env] {
    for (const Running &each : running)
      if (each.env == env) return false;
    return true;
  });
}

}  // namespace

ThreadCall::ThreadCall(napi_env env, napi_value function, const char *name, bool keep_alive) {
  check(env, napi_create_threadsafe_function(
                 env, function, nullptr, make_text(env, name), 0, 1, nullptr, nullptr, nullptr,
                 [](napi_env env, napi_value function, void *, void *data) {
                   const std::unique_ptr<Call> call(static_cast<Call *>(data));
                   // Without an environment the queue is only emptied.
                   if (!env) return;
                   guarded(env, [&]() -> napi_value {
                     (*call)(env, function);
                     return nullptr;
                   });
                 },
                 &function_));
  if (!keep_alive) this->keep_alive(env, false);
}

ThreadCall::~ThreadCall() {
  std::lock_guard<std::mutex> lock(mutex_);
  if (!closed_) napi_release_threadsafe_function(function_, napi_tsfn_release);
}

bool ThreadCall::post(Call call) {
  std::lock_guard<std::mutex> lock(mutex_);
  if (closed_) return false;
  auto data = std::make_unique<Call>(std::move(call));
  const napi_status status = napi_call_threadsafe_function(function_, data.get(), napi_tsfn_nonblocking);
  if (status == napi_ok) {
    data.release();
    return true;
  }
  // The environment closes: that call was our release, the function must not be touched again.
  if (status == napi_closing) closed_ = true;
  return false;
}

void ThreadCall::keep_alive(napi_env env, bool yes) {
  std::lock_guard<std::mutex> lock(mutex_);
  if (closed_) return;
  check(env, yes ? napi_ref_threadsafe_function(env, function_) : napi_unref_threadsafe_function(env, function_));
}

void call_function(napi_env env, napi_value function, std::initializer_list<napi_value> arguments) {
  napi_value self, result;
  check(env, napi_get_undefined(env, &self));
  check(env, napi_call_function(env, self, function, arguments.size(), arguments.begin(), &result));
}

void start_thread(napi_env env, std::function<void()> body, std::function<void()> stop) {
  std::list<Running>::iterator self;
  {
    std::unique_lock<std::mutex> lock(mutex);
    if (closed_environments.count(env)) {
      lock.unlock();
      return body();
    }
    self = running.insert(running.end(), Running{env, std::move(stop)});
  }
  const auto leave = [self] {
    std::lock_guard<std::mutex> lock(mutex);
    running.erase(self);
    ended.notify_all();
  };
  try {
    // Detached, because the one who would join it is the JavaScript thread; `stop_threads` waits in its stead.
    std::thread([body = std::move(body), leave]() mutable {
      body();
      body = nullptr;
      leave();
    }).detach();
  } catch (const std::system_error &error) {
    leave();
    throw Error("engine/failed", std::string("No thread could be started: ") + error.what());
  }
}

napi_value run_job(napi_env env, Job job) {
  napi_deferred deferred;
  napi_value promise;
  auto call = std::make_shared<ThreadCall>(env, job.on_progress, "redoubt engine job", true);
  check(env, napi_create_promise(env, &deferred, &promise));
  auto settle = [deferred, result = std::move(job.result)](napi_env env, std::optional<Error> failure) {
    napi_value value = nullptr;
    try {
      if (!failure) value = result ? result(env) : make_undefined(env);
    } catch (const Error &error) {
      failure = error;
    } catch (const std::exception &error) {
      failure = Error("engine/failed", error.what());
    }
    check(env, failure ? napi_reject_deferred(env, deferred, make_error(env, *failure)) : napi_resolve_deferred(env, deferred, value));
  };
  const auto run = [call, body = std::move(job.body), settle = std::move(settle)]() mutable {
    std::optional<Error> failure;
    try {
      body(*call);
    } catch (const Error &error) {
      failure = error;
    } catch (const std::bad_alloc &) {
      failure = Error("engine/out-of-memory", "There is not enough memory.");
    } catch (const std::exception &error) {
      failure = Error("engine/failed", error.what());
    }
    body = nullptr;
    call->post([settle = std::move(settle), failure](napi_env env, napi_value) { settle(env, failure); });
    call.reset();
  };
  try {
    start_thread(env, run, std::move(job.stop));
  } catch (const Error &error) {
    check(env, napi_reject_deferred(env, deferred, make_error(env, error)));
  }
  return promise;
}

namespace {

/** What JavaScript holds of a task; its finaliser cancels nothing. */
struct Cancel {
  static constexpr napi_type_tag type_tag = {0x2f0d7c55a1b94e63ULL, 0x8be1c0473d5a6f21ULL};
  std::shared_ptr<std::atomic<bool>> cancelled;
};

napi_value cancel(Call &call) {
  *call.self<Cancel>("a task").cancelled = true;
  return make_undefined(call.env());
}

}  // namespace

napi_value run_task(napi_env env, Task task) {
  const auto cancelled = std::make_shared<std::atomic<bool>>(false);
  Job job;
  job.body = [cancelled, body = std::move(task.body)](ThreadCall &progress) { body(*cancelled, progress); };
  job.result = [cancelled, result = std::move(task.result), discard = std::move(task.discard)](napi_env env) {
    if (!*cancelled) return result(env);
    if (discard) discard(env);
    throw Error("engine/cancelled", "The work was cancelled.");
  };
  job.stop = [cancelled] { *cancelled = true; };
  job.on_progress = task.on_progress;
  auto owner = std::make_unique<Cancel>();
  owner->cancelled = cancelled;
  napi_value handle = make_handle(env, std::move(owner), {method<cancel>("cancel")});
  set(env, handle, "promise", run_job(env, std::move(job)));
  return handle;
}

namespace {

/**
 * `process.exit` runs no clean-up hooks on the main thread, but destroys what is static in the library, under the feet of threads
 * that compute. So the threads end at the event before it.
 */
void stop_at_exit(napi_env env) {
  napi_value global, process, on;
  check(env, napi_get_global(env, &global));
  check(env, napi_get_named_property(env, global, "process", &process));
  napi_valuetype type = napi_undefined;
  check(env, napi_typeof(env, process, &type));
  if (type != napi_object) return;
  check(env, napi_get_named_property(env, process, "on", &on));
  check(env, napi_typeof(env, on, &type));
  if (type != napi_function) return;
  napi_value arguments[2] = {make_text(env, "exit"), nullptr};
  check(env, napi_create_function(
                 env, "stopEngineThreads", NAPI_AUTO_LENGTH,
                 [](napi_env env, napi_callback_info) -> napi_value {
                   stop_threads(env);
                   return nullptr;
                 },
                 nullptr, &arguments[1]));
  check(env, napi_call_function(env, process, on, 2, arguments, nullptr));
}

}  // namespace

void watch_environment(napi_env env) {
  {
    std::lock_guard<std::mutex> lock(mutex);
    closed_environments.erase(env);
  }
  check(env, napi_add_env_cleanup_hook(env, stop_threads, env));
  stop_at_exit(env);
}

}  // namespace redoubt
