import { useState } from 'react';
import { client } from '../../lib/client.ts';
import { useStream, type StreamState } from '../../lib/use-stream.ts';
import { addSamples, type Samples } from './sample-window.ts';

/** The last ten minutes, growing by one sample a second for as long as the view is open. */
export function useSamples(): { readonly samples: Samples; readonly state: StreamState } {
  const [samples, setSamples] = useState<Samples>([]);
  const state = useStream(
    'monitor',
    async (signal) => {
      const history = await client.monitor.history(undefined, { signal });
      setSamples((before) => addSamples(before, history));
      return client.monitor.watch(undefined, { signal });
    },
    (sample) => setSamples((before) => addSamples(before, [sample])),
  );
  return { samples, state };
}
