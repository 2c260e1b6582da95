// Conventions of the border to JavaScript, over the plain C API.
//
// - A function of the surface is `napi_value name(Call &call)`, given to JavaScript with `method<name>("name")`. It reads its
//   arguments with `call.object(0)`, `call.text(0)`, … (each throws Error engine/argument with the argument's name) and
//   throws Error for everything else; nothing it throws leaves the addon as a C++ exception.
// - C++ objects live behind handles: plain objects of JavaScript with a type tag, their methods and a finaliser
//   (`make_handle`, `Call::self<T>`). A method called on another object is an engine/argument, not a crash.
// - Work of more than a millisecond runs on a thread of its own (job.h) and settles a promise.
#pragma once

#include <node_api.h>

#include <initializer_list>
#include <memory>
#include <new>
#include <string>

#include "error.h"
#include "value.h"

namespace redoubt {

/** One call from JavaScript. */
class Call {
 public:
  Call(napi_env env, napi_callback_info info, const char *name) : env_(env), name_(name) {
    count_ = most;
    check(env, napi_get_cb_info(env, info, &count_, arguments_, &self_, nullptr));
  }
  napi_env env() const { return env_; }
  /** Argument `i` (undefined where it was not given), named in errors as `function: name`. */
  Value argument(size_t i, const char *name) const {
    if (i >= most) refuse(name, "given");
    return Value(env_, i < count_ ? arguments_[i] : make_undefined(env_), std::string(name_) + ": " + name);
  }
  template <typename T>
  T &self(const char *expected) const {
    return Value(env_, self_, std::string(name_) + ": this").handle<T>(expected);
  }

 private:
  static constexpr size_t most = 6;
  napi_env env_;
  const char *name_;
  napi_value self_ = nullptr;
  napi_value arguments_[most] = {};
  size_t count_ = 0;
};

/** Throws in JavaScript what the C++ body threw. */
template <typename Body>
napi_value guarded(napi_env env, Body body) noexcept {
  try {
    try {
      return body();
    } catch (const Error &error) {
      napi_throw(env, make_error(env, error));
    } catch (const std::bad_alloc &) {
      napi_throw(env, make_error(env, Error("engine/out-of-memory", "There is not enough memory.")));
    } catch (const std::exception &error) {
      napi_throw(env, make_error(env, Error("engine/failed", error.what())));
    }
  } catch (...) {
    // A pending exception of JavaScript's own: it is reported as it is.
  }
  return nullptr;
}

struct Method {
  const char *name;
  napi_callback callback;
};

using Function = napi_value (*)(Call &);

template <Function body>
Method method(const char *name) {
  static const char *shown_name;
  shown_name = name;
  return {name, [](napi_env env, napi_callback_info info) -> napi_value {
            return guarded(env, [&] {
              Call call(env, info, shown_name);
              return body(call);
            });
          }};
}

inline void add_methods(napi_env env, napi_value object, std::initializer_list<Method> methods) {
  for (const Method &each : methods) {
    napi_value function;
    check(env, napi_create_function(env, each.name, NAPI_AUTO_LENGTH, each.callback, nullptr, &function));
    set(env, object, each.name, function);
  }
}

/**
 * A handle that owns `object` until it is collected; T has `static constexpr napi_type_tag type_tag`. T's destructor runs on
 * the JavaScript thread: what is slow to free must be handed to a thread (see `free_elsewhere` in job.h).
 */
template <typename T>
napi_value make_handle(napi_env env, std::unique_ptr<T> object, std::initializer_list<Method> methods) {
  napi_value handle = make_object(env);
  check(env, napi_type_tag_object(env, handle, &T::type_tag));
  check(env, napi_wrap(env, handle, object.get(), [](napi_env, void *data, void *) { delete static_cast<T *>(data); }, nullptr, nullptr));
  object.release();
  add_methods(env, handle, methods);
  return handle;
}

}  // namespace redoubt
