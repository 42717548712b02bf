import { createMemoryHistory, createRouter } from 'vue-router'

const history = createMemoryHistory()
// where the page stands before unlocking: nothing of the desk is fetched yet
const before = '/before'
history.replace(before)

/** In memory: no address ever shows, or leaves behind, what was looked at. */
export const router = createRouter({
  history,
  routes: [
    { path: before, component: { render: () => null } },
    { path: '/', component: () => import('./desk/DeskPage.vue') },
    { path: '/close-of-day', component: () => import('./desk/CloseOfDayPage.vue') },
    { path: '/calls', component: () => import('./call/CallsPage.vue') },
    { path: '/calls/new/:id', component: () => import('./call/CallTabsPage.vue'), props: true },
    { path: '/calls/:id', component: () => import('./call/CallPage.vue'), props: true },
    { path: '/families', component: () => import('./family/FamiliesPage.vue') },
    {
      path: '/families/register/:id?',
      component: () => import('./family/RegisterPage.vue'),
      props: true
    },
    { path: '/families/import', component: () => import('./family/ImportPage.vue') },
    { path: '/families/doubles', component: () => import('./person/DoublesPage.vue') },
    { path: '/families/:id', component: () => import('./family/FamilyPage.vue'), props: true },
    {
      path: '/families/:familyId/bring-in',
      component: () => import('./caseImport/BringInPage.vue'),
      props: true
    },
    {
      path: '/families/:familyId/brought-in',
      component: () => import('./caseImport/BroughtInPage.vue'),
      props: true
    },
    {
      path: '/families/:familyId/:kind(agreement|withdrawal|sharing)/:id',
      component: () => import('./agreement/AgreementFormPage.vue'),
      props: true
    },
    {
      path: '/families/:familyId/letter/:id',
      component: () => import('./letter/WriteLetterPage.vue'),
      props: true
    },
    {
      path: '/families/:familyId/letters/:id',
      component: () => import('./letter/LetterPage.vue'),
      props: true
    },
    {
      path: '/families/:familyId/advice/:id',
      component: () => import('./advice/AskAdvicePage.vue'),
      props: true
    },
    {
      path: '/assessments/:id/:part(overview|assessment|plan|team|notes|ending)?',
      component: () => import('./episode/EpisodePage.vue'),
      props: true
    },
    {
      path: '/assessments/:id/:form(assessment|note|meeting|closing|transfer|step-up)/:formId',
      component: () => import('./episode/EpisodePage.vue'),
      props: true
    },
    { path: '/calls/:id/export', component: () => import('./export/ExportCallPage.vue'), props: true },
    {
      path: '/exports/:familyId?/:episodeId?',
      component: () => import('./export/ExportPage.vue'),
      props: true
    },
    { path: '/keyworkers', component: () => import('./keyworker/KeyworkersPage.vue') },
    { path: '/keyworkers/:id', component: () => import('./keyworker/KeyworkerPage.vue'), props: true },
    {
      path: '/keyworkers/:practitionerId/cover/:id',
      component: () => import('./cover/CoverPage.vue'),
      props: true
    },
    {
      path: '/keyworkers/:practitionerId/reassignment/:id',
      component: () => import('./reassignment/ReassignmentPage.vue'),
      props: true
    },
    {
      path: '/keyworkers/:practitionerId/hand-over/:id',
      component: () => import('./keyworker/HandOverPage.vue'),
      props: true
    },
    {
      path: '/subject-access/:id/items',
      component: () => import('./subjectAccess/ItemsPage.vue'),
      props: true
    },
    { path: '/triage', component: () => import('./stepDown/TriagePage.vue') },
    { path: '/triage/import', component: () => import('./stepDown/ImportPage.vue') },
    { path: '/triage/:id', component: () => import('./stepDown/StepDownPage.vue'), props: true },
    {
      path: '/triage/:stepDownId/decision/:id',
      component: () => import('./stepDown/DecisionPage.vue'),
      props: true
    },
    {
      path: '/triage/:stepDownId/letter/:id',
      component: () => import('./stepDown/WriteTriageLetterPage.vue'),
      props: true
    },
    {
      path: '/triage/:stepDownId/letters/:id',
      component: () => import('./stepDown/TriageLetterPage.vue'),
      props: true
    },
    {
      path: '/triage/:stepDownId/receive/:id',
      component: () => import('./stepDown/ReceivePage.vue'),
      props: true
    },
    {
      path: '/triage/:stepDownId/return/:id',
      component: () => import('./stepDown/ReturnPage.vue'),
      props: true
    },
    { path: '/impact-meetings', component: () => import('./stepUp/ImpactMeetingsPage.vue') },
    {
      path: '/impact-meetings/:id',
      component: () => import('./stepUp/ImpactMeetingPage.vue'),
      props: true
    },
    {
      path: '/impact-meetings/:meetingId/outcomes/:id',
      component: () => import('./stepUp/OutcomesPage.vue'),
      props: true
    },
    { path: '/notes', component: () => import('./note/SearchNotesPage.vue') },
    { path: '/calendar', component: () => import('./episode/CalendarPage.vue') },
    { path: '/checks', component: () => import('./check/ChecksPage.vue') },
    { path: '/checks/new/:id', component: () => import('./check/NewCheckPage.vue'), props: true },
    { path: '/checks/:id', component: () => import('./check/CheckPage.vue'), props: true },
    { path: '/subject-access', component: () => import('./subjectAccess/RequestsPage.vue') },
    {
      path: '/subject-access/record/:id',
      component: () => import('./subjectAccess/RecordRequestPage.vue'),
      props: true
    },
    { path: '/subject-access/:id', component: () => import('./subjectAccess/RequestPage.vue'), props: true },
    { path: '/reports', component: () => import('./report/ReportsPage.vue') },
    { path: '/reports/triage', component: () => import('./report/TriageReportPage.vue') },
    { path: '/reports/triage/rows', component: () => import('./report/TriageRowsPage.vue') },
    { path: '/directory', component: () => import('./school/DirectoryPage.vue') },
    { path: '/directory/:id', component: () => import('./school/SchoolPage.vue'), props: true },
    { path: '/settings', component: () => import('./setting/SettingsPage.vue') },
    { path: '/settings/people', component: () => import('./account/PeoplePage.vue') },
    { path: '/audit', component: () => import('./audit/AuditPage.vue') },
    { path: '/account', component: () => import('./account/MyAccountPage.vue') }
  ]
})
