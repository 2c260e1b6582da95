import { useCallback, useEffect, useRef, useState } from 'react';
import { client } from '../../../lib/client.ts';
import { leaveSession } from '../../../lib/connection.ts';
import { useSession } from '../../../lib/session.ts';
import { IdleCountdown, type IdleState } from './idle-countdown.ts';

/** What only a person does; streams, polls and animations are none of them. */
const inputs = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const;

const secondsLeftIn = (state: IdleState) => (state.kind === 'warning' ? state.secondsLeft : null);

/** Tells core of the person's activity. Gives the seconds left once the session is about to end, and a way to stay. */
export function useIdle(): { readonly secondsLeft: number | null; readonly stay: () => void } {
  const { idleMinutes } = useSession();
  const [secondsLeft, setSecondsLeft] = useState<number | null>(null);
  const countdown = useRef<IdleCountdown | null>(null);

  const tick = useCallback(() => {
    const idle = countdown.current;
    if (!idle) return;
    if (idle.takeReport(Date.now()))
      client.identity.activity().then(
        ({ idleAt }) => idle.endsAt(idleAt),
        () => undefined,
      );
    const state = idle.state(Date.now());
    setSecondsLeft(secondsLeftIn(state));
    if (state.kind === 'over') void leaveSession('idle');
  }, []);

  useEffect(() => {
    const idle = new IdleCountdown(idleMinutes, Date.now());
    countdown.current = idle;
    let place = '';
    const touch = (event: Event): void => {
      // A page that moves under a resting mouse makes such events too.
      const before = place;
      if (event instanceof PointerEvent) place = `${event.screenX} ${event.screenY}`;
      if (event.isTrusted && (event.type !== 'pointermove' || place !== before)) idle.touch();
    };
    const options = { capture: true, passive: true };
    for (const input of inputs) window.addEventListener(input, touch, options);
    const timer = setInterval(tick, 1_000);
    return () => {
      clearInterval(timer);
      for (const input of inputs) window.removeEventListener(input, touch, options);
    };
  }, [idleMinutes, tick]);

  const stay = useCallback(() => {
    countdown.current?.touch();
    tick();
  }, [tick]);
  return { secondsLeft, stay };
}
