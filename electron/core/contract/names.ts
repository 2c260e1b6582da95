import { z } from 'zod';

export const minimumPasswordLength = 8;
export const password = z.string().min(minimumPasswordLength).max(1024);
export const userName = z.string().regex(/^[\p{L}\p{N}._-]{1,64}$/u);
export const displayName = z.string().trim().min(1).max(120);
