import type { Store } from '../../db/store.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { ListQuery } from '../../shared/list/list.ts'
import { callsList } from './callsList.ts'
import { agenciesList, practitionersList, schoolsList } from './directoryLists.ts'
import { familiesList } from './familiesList.ts'
import type { FoundList } from './foundList.ts'
import { keyworkersList } from './keyworkersList.ts'
import { stepDownsList } from './stepDownsList.ts'
import { impactMeetingsList, stepUpsList } from './stepUpLists.ts'
import { triageRowsList } from './triageRowsList.ts'

/**
 * A list as it stands now, by the read of its screen: what one may not know of is not in it.
 *
 * @param giveWay after each page
 */
export function findList(
  store: Store,
  query: ListQuery,
  actor: Actor,
  giveWay: () => Promise<void>
): Promise<FoundList> {
  switch (query.list) {
    case 'calls':
      return callsList(store, query.filter, actor, giveWay)
    case 'families':
      return familiesList(store, query.hubId, actor, giveWay)
    case 'keyworkers':
      return keyworkersList(store, query.filter, actor, giveWay)
    case 'step-downs':
      return stepDownsList(store, query.filter, actor, giveWay)
    case 'step-ups':
      return stepUpsList(store, query.hubId, actor)
    case 'impact-meetings':
      return impactMeetingsList(store, query.filter, actor, giveWay)
    case 'triage-rows':
      return triageRowsList(store, query.filter, actor, giveWay)
    case 'schools':
      return schoolsList(store, { text: query.text, toCheck: query.toCheck }, actor, giveWay)
    case 'agencies':
      return agenciesList(store, query.text, giveWay)
    case 'practitioners':
      return practitionersList(store, query.text, actor, giveWay)
  }
}
