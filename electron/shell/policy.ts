/**
 * What the page may load and run: its own bundled files, and nothing over the network.
 * https://www.electronjs.org/docs/latest/tutorial/security#7-define-a-content-security-policy
 */
const built = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self' data:",
  'font-src': "'self'",
  'connect-src': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
  'base-uri': "'none'",
  // strings become markup only through Vue's own compiled templates
  'require-trusted-types-for': "'script'",
  'trusted-types': 'vue'
}

/** Hot reload needs a socket to its server and styles written into the page. */
function whileDeveloping(devServer: string): Record<string, string> {
  const { host } = new URL(devServer)
  return {
    'default-src': "'none'",
    'script-src': "'self' 'unsafe-inline'",
    'style-src': "'self' 'unsafe-inline'",
    'img-src': "'self' data:",
    'font-src': "'self'",
    'connect-src': `'self' ws://${host}`,
    'form-action': "'none'",
    'base-uri': "'none'"
  }
}

export function contentSecurityPolicy(devServer?: string): string {
  return Object.entries(devServer === undefined ? built : whileDeveloping(devServer))
    .map(([directive, value]) => `${directive} ${value}`)
    .join('; ')
}
