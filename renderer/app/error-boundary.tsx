import { Component, type ReactNode } from 'react';
import { codeOf } from '../lib/errors.ts';
import { ErrorState } from '../ui/error-state.tsx';

type Props = { readonly children: ReactNode };
type State = { readonly error: unknown };

/** A fault in one view leaves the rest of the page usable. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { error: null };

  static getDerivedStateFromError(error: unknown): State {
    return { error };
  }

  override render(): ReactNode {
    if (this.state.error === null) return this.props.children;
    const { error } = this.state;
    // What a lazy view could not fetch, it never asks for again.
    const retry = (): void => (codeOf(error) === 'page/outdated' ? location.reload() : this.setState({ error: null }));
    return <ErrorState error={error} onRetry={retry} />;
  }
}
