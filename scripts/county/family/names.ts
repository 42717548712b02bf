import type { Chance } from '../chance.ts'
import { familyName } from '../names.ts'

const words = (text: string): string[] => text.split(/\s+/)

/** Given names of those who are grown up, and of their children. A county has as many as this among its commoner ones. */
const given = {
  mothers: words(
    `Sarah Emma Claire Rachel Laura Gemma Kelly Lisa Rebecca Hannah Victoria Samantha Nicola Michelle Louise Jennifer
    Joanne Amanda Katherine Helen Natalie Lucy Amy Stacey Donna Lauren Jessica Kerry Leanne Zoe Charlotte Hayley Vicky
    Karen Alison Heather Jodie Kirsty Melissa Naomi Paula Rosalind Sally Tanya Tracey Alexandra Anna Bethan Carly Chloe
    Danielle Deborah Eleanor Elizabeth Faye Frances Georgina Holly Imogen Jane Jemma Julie Kate Kimberley Leah Lindsay
    Lorraine Lynsey Margaret Marie Maxine Melanie Philippa Rhiannon Ruth Shelley Sophie Susan Suzanne Tara Teresa Toni
    Tessa Wendy Yvonne Abigail Beverley Cheryl Dawn Elaine Gillian Harriet Jacqueline Kathryn Lydia Marianne Nadine`
  ),
  fathers: words(
    `David James Paul Daniel Christopher Matthew Andrew Mark Michael Richard Robert Stephen Simon Jonathan Adam Lee
    Darren Craig Gareth Stuart Ben Thomas Jamie Ryan Steven Peter Gary Kevin Luke Neil Nathan Anthony Ian Martin Wayne
    Phillip Karl Shaun Scott Carl Dean Russell Nicholas Alexander Edward Joseph Joshua Liam Marcus Adrian Aaron Alan
    Barry Brian Charles Colin Damian Derek Dominic Duncan Elliot Francis Gavin George Glen Graham Grant Howard Jason
    Jeremy John Julian Keith Kenneth Leon Malcolm Maurice Nigel Oliver Owen Patrick Raymond Robin Roger Ross Samuel
    Sean Spencer Terence Timothy Toby Trevor Vincent Warren William Zachary Ashley Bradley Clive Curtis Dale Desmond`
  ),
  girls: words(
    `Olivia Amelia Isla Ava Lily Freya Ivy Florence Willow Rosie Sienna Evelyn Isabella Elsie Sofia Phoebe Grace Mia
    Poppy Ella Evie Charlotte Daisy Millie Ellie Sophie Maya Harper Matilda Emily Ruby Erin Penelope Eliza Maisie Orla
    Lola Jessica Bonnie Hallie Robyn Luna Aurora Ayla Violet Delilah Thea Arabella Nancy Ottilie Beatrice Annabelle
    Imogen Eleanor Lottie Martha Molly Scarlett Heidi Edith Iris Rose Summer Skye Georgia Holly Lucy Esme Clara Amber
    Jasmine Lexi Darcie Maddison Abigail Zara Margot Nellie Mabel Aria Lyra Lilah Quinn Emma Alice Leah Anna Hannah
    Megan Niamh Bethany Chloe Caitlin Lauren Amy Rebecca Zoe Faith Paige Libby Tilly Francesca Gabriella Harriet Sadie
    Tabitha Victoria Felicity Elizabeth Lacey Layla Connie Myla Pippa Rowan Effie Orlaith Dorothy Cora Maeve Sasha`
  ),
  boys: words(
    `Oliver George Arthur Noah Leo Theo Oscar Archie Jack Freddie Harry Henry Charlie Thomas Theodore Alfie Jacob Finley
    William Joshua Lucas Arlo Isaac Edward Teddy Alexander James Max Logan Reuben Louie Tommy Roman Albie Rory Hudson
    Ezra Jude Toby Elijah Harrison Ralph Joseph Daniel Samuel Benjamin Sebastian Ethan Mason Adam Caleb Luca Frederick
    Hugo Stanley Nathan Ellis Rupert Bobby Jesse Felix Elliot Zachary Dexter Ronnie Jenson Harvey Ollie Carter Tyler
    Riley Dylan Michael Matthew Luke Connor Callum Kieran Jayden Aiden Kai Blake Austin Louis Gabriel Frankie Sonny
    Albert Jasper Rowan Barnaby Vinnie Otis Grayson Kit Ted Billy Owen Liam Nathaniel Dominic Xavier Robin Patrick
    Spencer Tristan Miles Fergus Wilfred Bertie Marley Zac Robert David Christopher Andrew Jamie Ryan Peter Aaron`
  )
} as const

/** English surnames of places: two halves make thousands, some of which sound alike, as those of a county do. */
const surnameBegins = words(
  `Ash Brad Brom Burn Cal Chad Clay Cole Crad Dal Den Dun East Ed Elm Fair Farn Fen Gar Green Hal Ham Har Hart Haw
  Hazel Heath High Hol Hor Hunt Ing Kel Kirk Lang Lin Long Lyd Mal Mar Mer Mid Mil Mor New Nor North Oak Old Os Pem
  Pen Pres Rad Ram Red Rock Rush Sand Sed Shel Sher Shir Stan Staple Stock Strat Sut Swan Thorn Til Up Wad Wal War
  Wat Wel West Whit Wil Win Wood Wor Wy`
)
const surnameEnds = words(
  `ford ley ton ham well field worth combe den dale wood bury by croft low hurst stead gate shaw land wick brook more
  ridge bourne cliffe stone man er son`
)

/** A nickname that somebody goes by, and the name it is short for. */
const nicknames: Record<string, string> = {
  Alexander: 'Sandy',
  Andrew: 'Drew',
  Anthony: 'Tony',
  Benjamin: 'Benji',
  Charles: 'Chaz',
  Christopher: 'Kit',
  Daniel: 'Danny',
  Edward: 'Ned',
  Elizabeth: 'Betty',
  Frederick: 'Freddy',
  Gabriella: 'Gabby',
  Harriet: 'Hattie',
  James: 'Jimmy',
  Jennifer: 'Jenny',
  Jessica: 'Jess',
  Joseph: 'Joey',
  Joshua: 'Josh',
  Katherine: 'Kitty',
  Margaret: 'Peggy',
  Michael: 'Mickey',
  Nathaniel: 'Nat',
  Nicholas: 'Nicky',
  Patrick: 'Paddy',
  Rebecca: 'Becky',
  Robert: 'Bob',
  Samantha: 'Sammie',
  Samuel: 'Sammy',
  Stephen: 'Steve',
  Susan: 'Suzie',
  Thomas: 'Tom',
  Timothy: 'Tim',
  Victoria: 'Vicky',
  William: 'Billy',
  Zachary: 'Zac'
}

export const nicknameOf = (given: string): string | undefined => nicknames[given]

type Kind = keyof typeof given

/** How the people of one household may be called. */
export interface HouseholdNames {
  surname: string
  /** Another given name at each asking, never one that was given before. */
  give(kind: Kind): string
}

export function surname(chance: Chance): string {
  return householdNames(chance).surname
}

/** Two households of three have an English name, the others one of the county's many origins. */
export function householdNames(chance: Chance): HouseholdNames {
  const isEnglish = chance.yes(0.66)
  const other = familyName(chance)
  const place = `${chance.pick(surnameBegins)}${chance.pick(surnameEnds)}`
  const given_ = new Set<string>()
  const give = (kind: Kind): string => {
    const name = isEnglish || chance.yes(0.25) ? chance.pick(given[kind]) : chance.pick(other.given)
    if (given_.has(name)) return give(kind)
    given_.add(name)
    return name
  }
  return { surname: isEnglish ? place : other.surname, give }
}
