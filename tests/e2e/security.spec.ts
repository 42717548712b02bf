import { spawn } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { _electron, expect, test } from '@playwright/test'
import { operations } from '../../shared/ipc/operations.ts'
import { launchDesk, where, type Desk } from './launch.ts'

// What runs in the page is text here: these files know Node, and the page knows only the DOM.

/** Written into the page; it must not be found on disk. */
const MARK = 'Zebedee Quillfeather 77'

let desk: Desk

/** The document still being this one shows that nothing has replaced it. */
const mark = () => desk.page.evaluate('window.marked = true')

async function expectToStay(way: string): Promise<void> {
  // the navigation that is not to happen would take a moment
  await desk.page.waitForTimeout(30)
  const state = await desk.app.evaluate(({ webContents }) =>
    webContents.getAllWebContents().map((each) => each.getURL())
  )
  expect(state, way).toEqual(['hub://app/'])
  expect(await desk.page.evaluate('window.marked'), way).toBe(true)
  await expect.poll(() => desk.page.frames().length, way).toBe(1)
}

test.describe('the desk as it starts', () => {
  test.beforeAll(async () => {
    // a pretended camera, so that a refusal is the desk's own and not for want of a device
    desk = await launchDesk({ args: ['--use-fake-device-for-media-stream'] })
  })
  test.afterAll(() => desk.close())

  test('the window is isolated, sandboxed and keeps nothing on disk', async () => {
    const window = await desk.app.evaluate(({ BrowserWindow }) => {
      const only = BrowserWindow.getAllWindows()[0]
      if (only === undefined) throw new Error('no window')
      const { session } = only.webContents
      return {
        // there at run time, not in the types
        preferences: (
          only.webContents as unknown as { getLastWebPreferences: () => Record<string, unknown> }
        ).getLastWebPreferences(),
        title: only.getTitle(),
        minimum: only.getMinimumSize(),
        isPersistent: session.isPersistent(),
        storagePath: session.storagePath,
        checksSpelling: session.isSpellCheckerEnabled(),
        dictionaries: session.getSpellCheckerLanguages()
      }
    })
    expect(window.preferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false
    })
    expect(window).toMatchObject({
      title: 'Families First Desk',
      minimum: [800, 600],
      isPersistent: false,
      storagePath: null,
      checksSpelling: false,
      dictionaries: []
    })
  })

  test('a page’s title, which may hold a name, does not reach the taskbar', async () => {
    await desk.page.evaluate(`document.title = ${JSON.stringify(MARK)}`)
    const title = await desk.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle())
    expect(title).toBe('Families First Desk')
  })

  test('the page has the bridge, which it cannot replace, and nothing of Node or Electron', async () => {
    expect(desk.page.url()).toBe('hub://app/')
    const globals = await desk.page.evaluate<string[]>(
      `['require', 'process', 'module', 'exports', 'Buffer', 'global', '__dirname', 'electron', 'ipcRenderer']
         .filter((name) => name in window)`
    )
    expect(globals).toEqual([])
    const bridge = await desk.page.evaluate<string[]>('Object.keys(window.hub)')
    expect(bridge.sort()).toEqual([...operations, 'onFlush'].sort())
    const isFixed = await desk.page.evaluate(`(() => {
      const before = window.hub
      try { window.hub = {} } catch {}
      try { window.hub['call.file'] = () => 'mine' } catch {}
      return window.hub === before && window.hub['call.file']?.toString() !== "() => 'mine'"
    })()`)
    expect(isFixed).toBe(true)
  })

  test('the policy holds: no image, style, frame or connection but our own', async () => {
    const refused = await desk.page.evaluate<string[]>(`(async () => {
      const directives = []
      document.addEventListener('securitypolicyviolation', (event) => directives.push(event.effectiveDirective))
      const add = (tag, attributes) => {
        const element = document.createElement(tag)
        for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
        document.body.append(element)
        return element
      }
      add('img', { src: 'https://evil.example/a.png' })
      add('link', { rel: 'stylesheet', href: 'https://evil.example/a.css' })
      const frame = add('iframe', { src: 'https://evil.example/' })
      add('base', { href: 'https://evil.example/' })
      add('video', { src: 'https://evil.example/a.mp4' })
      add('div', { style: 'color: red' })
      add('style', {}).textContent = 'p { color: red }'
      add('link', { rel: 'manifest', href: 'https://evil.example/a.json' })
      await fetch('https://evil.example/').catch(() => {})
      await fetch('hub://app/index.html').catch(() => {})
      try { new WebSocket('wss://evil.example/') } catch {}
      try { new EventSource('https://evil.example/') } catch {}
      navigator.sendBeacon('https://evil.example/', 'x')
      await new Promise((resolve) => setTimeout(resolve, 300))
      frame.remove()
      return directives
    })()`)
    const expected = ['img-src', 'style-src-elem', 'style-src-attr', 'frame-src', 'base-uri', 'media-src']
    expect(refused).toEqual(expect.arrayContaining(expected))
    expect(refused.filter((directive) => directive === 'connect-src')).toHaveLength(5)
  })

  test('no text becomes code or markup', async () => {
    // from a timer: Playwright's own call may evaluate text, whatever the policy says
    const worked = await desk.page.evaluate<string[]>(`new Promise((resolve) => setTimeout(() => {
      const attempts = {
        eval: () => (0, eval)('1'),
        Function: () => new Function('return 1')(),
        innerHTML: () => { document.createElement('div').innerHTML = '<b>1</b>' },
        object: () => { document.createElement('object').data = 'https://evil.example/' },
        script: () => { document.createElement('script').text = '1' },
        scriptSource: () => { document.createElement('script').src = 'https://evil.example/a.js' },
        timer: () => setTimeout('1'),
        worker: () => new Worker('data:text/javascript,1'),
        policy: () => trustedTypes.createPolicy('evil', { createHTML: (text) => text })
      }
      resolve(Object.keys(attempts).filter((name) => {
        try { attempts[name](); return true } catch { return false }
      }))
    }))`)
    expect(worked).toEqual([])
  })

  /** How a page could be made to go elsewhere. */
  const waysOut: Readonly<Record<string, string>> = {
    link: `const link = document.createElement('a'); link.href = url; document.body.append(link); link.click()`,
    'new tab': `const link = document.createElement('a'); link.href = url; link.target = '_blank'
      document.body.append(link); link.click()`,
    download: `const link = document.createElement('a'); link.href = url; link.download = 'notes.txt'
      document.body.append(link); link.click()`,
    location: `location.href = url`,
    replace: `location.replace(url)`,
    'window.open': `window.open(url)`,
    'window.open itself': `window.open(url, '_self')`,
    frame: `const frame = document.createElement('iframe'); frame.src = url; document.body.append(frame)
      setTimeout(() => frame.remove(), 50)`,
    post: `const form = document.createElement('form'); form.method = 'post'; form.action = url
      document.body.append(form); form.submit()`,
    'form in a new tab': `const form = document.createElement('form'); form.target = '_blank'; form.action = url
      document.body.append(form); form.submit()`,
    refresh: `const meta = document.createElement('meta'); meta.httpEquiv = 'refresh'
      meta.content = '0;url=' + url; document.head.append(meta)`
  }

  for (const url of [
    'https://evil.example/',
    'https://evil.example/?next=hub://app/',
    'http://127.0.0.1:9/',
    'file:///etc/passwd',
    'data:text/html,<h1>evil</h1>',
    'hub://evil/',
    'hub://app.evil/',
    'chrome://gpu/',
    'devtools://devtools/bundled/inspector.html',
    'view-source:hub://app/',
    'javascript:document.write(1)',
    'mailto:someone@evil.example'
  ]) {
    test(`no way leads to ${url}`, async () => {
      await mark()
      for (const [way, script] of Object.entries(waysOut)) {
        await desk.page.evaluate(
          `(() => { const url = ${JSON.stringify(url)}; try { ${script} } catch {} })()`
        )
        await expectToStay(`${way} to ${url}`)
      }
    })
  }

  test('every permission is denied', async () => {
    const names = [
      'camera',
      'microphone',
      'geolocation',
      'notifications',
      'midi',
      'clipboard-read',
      'clipboard-write'
    ]
    for (const name of names) {
      const query = `navigator.permissions.query({ name: '${name}' }).then(({ state }) => state)`
      expect(await desk.page.evaluate(query), name).toBe('denied')
    }
    const requests = {
      camera: `navigator.mediaDevices.getUserMedia({ video: true })`,
      microphone: `navigator.mediaDevices.getUserMedia({ audio: true })`,
      screen: `navigator.mediaDevices.getDisplayMedia({ video: true })`,
      place: `new Promise((resolve, reject) => navigator.geolocation.getCurrentPosition(resolve, reject))`,
      clipboard: `navigator.clipboard.readText()`,
      usb: `navigator.usb.requestDevice({ filters: [] })`,
      hid: `navigator.hid.requestDevice({ filters: [] }).then((found) => found.length || Promise.reject())`,
      serial: `navigator.serial.requestPort()`,
      bluetooth: `navigator.bluetooth.requestDevice({ acceptAllDevices: true })`,
      fonts: `queryLocalFonts().then((found) => found.length || Promise.reject())`,
      notifications: `Notification.requestPermission().then((state) => state === 'granted' || Promise.reject())`,
      storage: `navigator.storage.persist().then((kept) => kept || Promise.reject())`
    }
    for (const [name, request] of Object.entries(requests)) {
      const attempt = `Promise.resolve().then(() => ${request}).then(() => 'given', () => 'denied')`
      expect(await desk.page.evaluate(attempt), name).toBe('denied')
    }
  })

  test('only the files of the page are served', async () => {
    const answers = await desk.app.evaluate(async ({ BrowserWindow }) => {
      const session = BrowserWindow.getAllWindows()[0]?.webContents.session
      const status = async (url: string) =>
        (await session?.fetch(url).then(
          (response) => String(response.status),
          (error: unknown) => String(error)
        )) ?? ''
      return {
        page: await status('hub://app/index.html'),
        above: await status('hub://app/..%2f..%2f..%2fpackage.json'),
        backslash: await status('hub://app/..%5c..%5cpackage.json'),
        other: await status('hub://evil/index.html'),
        missing: await status('hub://app/missing.js'),
        web: await status('https://www.gov.uk/')
      }
    })
    expect(answers).toMatchObject({
      page: '200',
      above: '404',
      backslash: '404',
      missing: '404',
      other: '404'
    })
    expect(answers.web).toContain('ERR_BLOCKED_BY_CLIENT')
  })

  test('a second start brings the first to the front and ends', async () => {
    await desk.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide())
    const { executable, args, env } = await where()
    const second = spawn(executable, [...args, `--user-data-dir=${desk.userDataDir}`], {
      env: { ...process.env, ...env },
      stdio: 'ignore'
    })
    const code = await new Promise((resolve) => second.once('exit', resolve))
    expect(code).toBe(0)
    const windows = await desk.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map((window) => window.isVisible())
    )
    expect(windows).toEqual([true])
  })

  // these replace the document: they stand last
  test('an empty page, which asks nobody, is left again at once', async () => {
    await desk.page.evaluate(`location.href = 'about:blank'`)
    const state = () =>
      desk.page.evaluate('[location.href, window.marked].join()').catch(() => 'between pages')
    await expect.poll(state).toBe('hub://app/,')
  })

  test('a page that dies comes back, and leaves no dump', async () => {
    const back = desk.page.waitForEvent('load')
    await desk.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer()
    )
    await back.catch(() => undefined)
    await expect
      .poll(() =>
        desk.app.evaluate(({ BrowserWindow }) => {
          const contents = BrowserWindow.getAllWindows()[0]?.webContents
          return `${contents?.getURL() ?? ''} ${String(contents?.isCrashed())}`
        })
      )
      .toBe('hub://app/ false')
    expect(filesIn(desk.userDataDir).filter((file) => file.endsWith('.dmp'))).toEqual([])
  })

  test('a redirect leads nowhere', async () => {
    const redirected = await desk.app.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents
      if (contents === undefined) throw new Error('no window')
      contents.session.protocol.unhandle('hub')
      contents.session.protocol.handle('hub', () => Response.redirect('https://evil.example/', 302))
      return new Promise<string>((resolve) => {
        contents.once('will-redirect', (event) => resolve(`${event.url} ${String(event.defaultPrevented)}`))
        contents.reload()
      })
    })
    expect(redirected).toBe('https://evil.example/ true')
    const url = await desk.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.getURL()
    )
    expect(url).toBe('hub://app/')
  })
})

test('zoom is kept from one start to the next', async () => {
  const userDataDir = mkdtempSync(path.join(tmpdir(), 'desk-'))
  const zoomFactor = (of: Desk) =>
    of.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getZoomFactor())
  const first = await launchDesk({ userDataDir })
  await first.app.evaluate(({ Menu }) => {
    const view = Menu.getApplicationMenu()?.items.find(({ label }) => label === 'View')
    const zoomIn = view?.submenu?.items.find(({ label }) => label === 'Zoom in')
    for (let times = 0; times < 5; times += 1) zoomIn?.click()
  })
  expect(await zoomFactor(first)).toBeCloseTo(2)
  await first.close()
  const second = await launchDesk({ userDataDir })
  await expect.poll(() => zoomFactor(second)).toBeCloseTo(2)
  await second.close()
  rmSync(userDataDir, { recursive: true })
})

test('nothing of the page is on disk, and no request has left the desk', async () => {
  const userDataDir = mkdtempSync(path.join(tmpdir(), 'desk-'))
  const netLog = path.join(userDataDir, 'net-log.json')
  const traced = await launchDesk({
    userDataDir,
    args: [`--log-net-log=${netLog}`, '--net-log-capture-mode=Everything']
  })
  await traced.page.evaluate(`(async () => {
    const mark = ${JSON.stringify(MARK)}
    localStorage.setItem('mark', mark)
    sessionStorage.setItem('mark', mark)
    document.cookie = 'mark=' + encodeURIComponent(mark) + '; max-age=9999'
    history.pushState({ mark }, '', '/?' + encodeURIComponent(mark))
    await new Promise((resolve) => {
      const opening = indexedDB.open('mark')
      opening.onupgradeneeded = () => opening.result.createObjectStore('mark').put(mark, 1)
      opening.onsuccess = resolve
    })
    await caches.open('mark').then((cache) => cache.put('hub://app/mark', new Response(mark))).catch(() => {})
    const field = document.createElement('input')
    field.name = 'child'
    field.value = mark
    document.body.append(field)
    for (const rel of ['preconnect', 'dns-prefetch', 'prefetch', 'preload']) {
      const link = document.createElement('link')
      link.rel = rel
      link.as = 'image'
      link.href = 'https://evil.example/'
      document.head.append(link)
    }
    await fetch('https://evil.example/').catch(() => {})
    const peer = new RTCPeerConnection({ iceServers: [{ urls: 'stun:127.0.0.1:3478' }] })
    peer.createDataChannel('x')
    await peer.setLocalDescription(await peer.createOffer())
  })()`)
  const refusals = await traced.app.evaluate(async ({ net, session }) => {
    const failure = (error: unknown) => String(error)
    return [
      await net.fetch('https://www.gov.uk/').then(() => 'sent', failure),
      await session.defaultSession.fetch('http://127.0.0.1:9/').then(() => 'sent', failure),
      await session
        .fromPartition('another')
        .fetch('https://www.gov.uk/')
        .then(() => 'sent', failure)
    ]
  })
  for (const refusal of refusals) expect(refusal).toContain('ERR_BLOCKED_BY_CLIENT')
  await traced.page.waitForTimeout(1_500)
  await traced.close()

  expect(requestsIn(netLog)).toEqual([])
  expect(statSync(userDataDir).mode & 0o777).toBe(0o700)
  for (const file of filesIn(userDataDir)) {
    if (file === netLog) continue
    const content = readFileSync(file)
    for (const encoded of [MARK, encodeURIComponent(MARK)]) {
      expect(content.includes(encoded), file).toBe(false)
      expect(content.includes(Buffer.from(encoded, 'utf16le')), file).toBe(false)
    }
    expect(file).not.toMatch(/\.bdic$|Dictionaries|History|Web Data/u)
  }
  rmSync(userDataDir, { recursive: true })
})

test('as a build it has no developer tools, and takes no page from the environment', async () => {
  const { executable, args, env } = await where()
  const build = asABuild(executable)
  const userDataDir = mkdtempSync(path.join(tmpdir(), 'desk-'))
  const app = await _electron.launch({
    executablePath: build.executable,
    args: [...args, `--user-data-dir=${userDataDir}`],
    env: {
      ...(process.env as Record<string, string>),
      ...env,
      ELECTRON_RENDERER_URL: 'http://localhost:5173'
    }
  })
  const page = await app.firstWindow()
  await page.waitForLoadState('domcontentloaded')
  expect(page.url()).toBe('hub://app/')

  const found = await app.evaluate(async ({ app: electron, BrowserWindow, Menu }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents
    contents?.openDevTools()
    contents?.inspectElement(10, 10)
    await new Promise((resolve) => setTimeout(resolve, 500))
    const items = Menu.getApplicationMenu()?.items.flatMap(({ submenu }) => submenu?.items ?? []) ?? []
    return {
      isPackaged: electron.isPackaged,
      isOpen: contents?.isDevToolsOpened(),
      menu: items.map(({ role, label }) => `${role ?? ''} ${label}`).join(', ')
    }
  })
  expect(found).toMatchObject({ isPackaged: true, isOpen: false })
  expect(found.menu).toMatch(/copy/iu)
  expect(found.menu).not.toMatch(/devtools|developer|reload/iu)

  await page.evaluate('window.marked = true')
  for (const keys of ['F12', 'Control+Shift+I', 'Control+R', 'F5', 'Control+Shift+R'])
    await page.keyboard.press(keys)
  await page.waitForTimeout(200)
  expect(await page.evaluate('window.marked')).toBe(true)
  expect(app.windows()).toHaveLength(1)
  await app.close()
  build.remove()
  rmSync(userDataDir, { recursive: true })
})

test('as a build it opens no door for a debugger', async () => {
  const { executable, args, env } = await where()
  const build = asABuild(executable)
  const userDataDir = mkdtempSync(path.join(tmpdir(), 'desk-'))
  const started = async (program: string, port: number) => {
    const child = spawn(
      program,
      [
        ...args,
        `--user-data-dir=${path.join(userDataDir, String(port))}`,
        `--remote-debugging-port=${String(port)}`
      ],
      { env: { ...process.env, ...env }, stdio: 'ignore' }
    )
    const log = path.join(userDataDir, String(port), 'logs', 'desk.log')
    await expect
      .poll(() => existsSync(log) && readFileSync(log, 'utf8'), { timeout: 20_000 })
      .toContain('app-started')
    const answers = await fetch(`http://127.0.0.1:${String(port)}/json`).then(
      () => true,
      () => false
    )
    expect(child.exitCode).toBeNull()
    child.kill('SIGKILL')
    return answers
  }
  // the runtime as it is does open one, which shows that the question can be answered
  expect(await started(executable, 39_411)).toBe(true)
  expect(await started(build.executable, 39_412)).toBe(false)
  build.remove()
  rmSync(userDataDir, { recursive: true, force: true })
})

/** The same runtime under another name, which is how Electron knows a build from a runtime that is lent an application. */
function asABuild(executable: string): { executable: string; remove: () => void } {
  const runtime = path.dirname(executable)
  const folder = mkdtempSync(path.join(tmpdir(), 'desk-build-'))
  const name = `families-first-desk${path.extname(executable)}`
  for (const file of readdirSync(runtime)) {
    if (file !== path.basename(executable)) symlinkSync(path.join(runtime, file), path.join(folder, file))
  }
  copyFileSync(executable, path.join(folder, name))
  return { executable: path.join(folder, name), remove: () => rmSync(folder, { recursive: true }) }
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
}

/**
 * What Chromium's net log has of requests to other than our own page, of names truly looked up, and of bytes sent.
 * (A mapped name is answered "not found" without a look-up.)
 */
function requestsIn(netLog: string): string[] {
  const log = JSON.parse(readFileSync(netLog, 'utf8')) as {
    constants: { logEventTypes: Record<string, number> }
    events: { type: number; params?: { url?: string; host?: string } }[]
  }
  const names = new Map(Object.entries(log.constants.logEventTypes).map(([name, type]) => [type, name]))
  const telling =
    /^(?:URL_REQUEST|CORS_REQUEST|HOST_RESOLVER_(?:MANAGER_JOB|SYSTEM)|DNS_TRANSACTION|TCP_CONNECT|\w+_BYTES_SENT)/u
  expect(log.events.length).toBeGreaterThan(0)
  return log.events
    .map(({ type, params }) => `${names.get(type) ?? ''} ${params?.url ?? params?.host ?? ''}`)
    .filter((event) => telling.test(event) && !event.includes(' hub://app/'))
}
