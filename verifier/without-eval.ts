import { config } from 'zod';

// The page's policy forbids making code from text, and zod would try. Imported before any schema is made.
config({ jitless: true });
