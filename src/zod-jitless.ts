/** The second import of the entry, before any schema: zod would otherwise try out `new Function`, which the policy forbids. */
import * as z from 'zod/mini'

z.config({ jitless: true })
