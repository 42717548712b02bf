import './zod.ts'
import './ui/app.css'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { router } from './router.ts'

// a file dropped on the window must never take the desk's place
for (const event of ['dragover', 'drop'] as const) {
  window.addEventListener(event, (dropped) => {
    dropped.preventDefault()
  })
}

createApp(App).use(createPinia()).use(router).mount('#app')
