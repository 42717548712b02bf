import { z } from 'zod'

// zod probes `new Function`, which the content security policy refuses and logs: imported before any schema is made
z.config({ jitless: true })
