import { z } from 'zod';

/** What a client may send: a call, or that it gave one up. Streams go from core to its clients only. */
const envelope = z.union([
  z.object({ i: z.string().max(64), t: z.literal(4) }),
  z.object({
    i: z.string().max(64),
    t: z.literal(1).optional(),
    p: z.object({ u: z.string().regex(/^\/[A-Za-z\d/]{1,128}$/), b: z.unknown() }),
  }),
]);
export type Envelope = z.infer<typeof envelope>;

/**
 * A client's message as the RPC handler takes it, holding nothing else; null for any other message. The handler throws
 * on those where nobody catches it, which would end core.
 */
export function openEnvelope(data: unknown): Envelope | null {
  if (typeof data !== 'string') return envelope.safeParse(data).data ?? null;
  try {
    return envelope.safeParse(JSON.parse(data)).data ?? null;
  } catch {
    return null;
  }
}
