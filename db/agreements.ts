/** SQL of the id of the agreement that stands in a family, as `agreementNow` finds it among its rows; NULL where none was said. */
export const standingAgreement = (familyId: string): string => `(SELECT g.id FROM agreement g
  WHERE g.family_id = ${familyId} AND g.decision <> 'not-asked'
    AND NOT EXISTS (SELECT 1 FROM agreement anew WHERE anew.family_id = g.family_id
      AND (anew.decision = 'withdrawn' OR anew.through_person_id <> '')
      AND (anew.decided_on, anew.created_at, anew.id) > (g.decided_on, g.created_at, g.id))
  ORDER BY g.capacity IN ('young-person-16-or-over', 'competent-under-16') DESC,
    g.decided_on DESC, g.created_at DESC, g.id DESC LIMIT 1)`
