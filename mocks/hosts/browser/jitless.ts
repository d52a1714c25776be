/** zod tries `new Function`, which the Content Security Policy forbids and reports. Imported before any schema is made. */
import * as z from 'zod/mini'

z.config({ jitless: true })
