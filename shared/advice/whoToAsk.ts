import type { Id } from '../ids.ts'
import type { Rules } from '../setting/inForce.ts'

/** R41: whom somebody asks who is stuck, as they are named today. */
export interface WhoToAsk {
  hubName: string
  /** '' where nobody is named. */
  name: string
  /** The Coordinator where the Senior Coordinator is not named. */
  post: 'Senior Coordinator' | 'Coordinator'
}

/** R41, R56: the Senior Coordinator of a local hub, else its Coordinator. */
export function whoToAsk({ hubs }: Pick<Rules, 'hubs'>, hubId: Id): WhoToAsk {
  const hub = hubs.find(({ key }) => key === hubId)
  const isSenior = !hub?.coordinator || hub.seniorCoordinator !== ''
  return {
    hubName: hub?.name ?? '',
    name: (isSenior ? hub?.seniorCoordinator : hub.coordinator) ?? '',
    post: isSenior ? 'Senior Coordinator' : 'Coordinator'
  }
}
