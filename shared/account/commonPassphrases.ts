/** Data for the rule in passphrase.ts: what people choose when told that a passphrase must be long. */

const reversed = (text: string): string => [...text].reverse().join('')

const walks = [
  'abcdefghijklmnopqrstuvwxyz',
  '012345678901234567890',
  'qwertyuiopasdfghjklzxcvbnm',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p',
  'qazwsxedcrfvtgbyhnujmikolp',
  'zaqxswcdevfrbgtnhymjukilop',
  'zaq1xsw2cde3vfr4bgt5nhy6mju7',
  '1q2w3e4r5t6y7u8i9o0p',
  'qawsedrftgyhujikolp',
  'azertyuiopqsdfghjklmwxcvbn',
  'qwertzuiopasdfghjklyxcvbnm'
]

/** Alphabets, rows and columns of the keyboard, forwards and backwards. */
export const keyboardWalks = [...walks, ...walks.map(reversed)]

const listed = (text: string): string[] =>
  text
    .split(/[,\n]/)
    .map((entry) => entry.trim())
    .filter(Boolean)

export const commonWords = listed(`
  password, passwort, passphrase, passcode, pass, word, phrase, code, secret, private, login, logon, signin, unlock, open, sesame, access
  admin, administrator, root, user, guest, default, master, system, computer, laptop, desktop, windows, microsoft, apple, google, internet
  welcome, letmein, let, me, in, changeme, change, hello, goodbye, please, thanks, thankyou, test, testing, temp, temporary, example, sample
  the, this, that, is, are, was, my, your, our, we, you, he, she, it, and, but, for, not, with, very, really, long, new, old, good, strong, best, to, of, on, at
  i, a, am, be, do, no, yes, so, love, hate, like, want, need, have, has, know, will, can, cannot, forget, remember, type, here, there, now, safe, secure
  one, two, three, four, five, six, seven, eight, nine, ten, first, second, last, zero, hundred, thousand
  january, february, march, april, may, june, july, august, september, october, november, december
  monday, tuesday, wednesday, thursday, friday, saturday, sunday, weekend, spring, summer, autumn, winter, christmas, easter, holiday, birthday
  family, families, child, children, kids, mum, dad, baby, social, worker, work, working, office, hub, desk, helpdesk, team, council, county
  safeguarding, safeguard, protection, school, teacher, coordinator, keyworker, consultation, triage, adviser, advice, england, london, britain, manchester
  monkey, dragon, football, baseball, cricket, rugby, sunshine, princess, shadow, superman, batman, pokemon, starwars, whatever, freedom, trustno
  flower, rainbow, butterfly, chocolate, cookie, cheese, coffee, banana, orange, purple, yellow, black, white, green, blue, red, silver, golden
  liverpool, arsenal, chelsea, everton, tottenham, united, city, rangers, celtic, newcastle, leeds, villa
  michael, charlie, daniel, jessica, jordan, thomas, george, harry, william, ashley, nicole, hannah, matthew, andrew, joshua, robert, samantha
  iloveyou, ilove, loveyou, babygirl, angel, lovely, qwerty, azerty, asdf, abc, xyz, fuck, fuckyou, bond, james, star, wars, dog, cat, horse
`)

/** Phrases, titles, sayings and lines that are among the first a guesser of long passphrases tries. */
export const commonPhrases = listed(`
  correct horse battery staple, correct battery horse staple, horse battery staple correct, staple battery horse correct
  this is my password, this is a password, this is my passphrase, this is a passphrase, my password is password, my password is secure
  this is a very long password, this is a very secure password, this is a secure passphrase, this is a long passphrase, this is not a password
  i forgot my password, i cannot remember my password, i can never remember this, i hate passwords so much, i hate changing my password
  please let me in, please let me in now, let me in right now, open sesame open sesame, open the pod bay doors, open the pod bay doors hal
  what is my password, where is my password, password password password, a very long passphrase, the password is password, nobody will guess this
  no one will ever guess this, you will never guess this, you will never guess, try to guess this, super secret password, top secret password, my secret password
  not another password, yet another password, another day another password, new password please, same as last time, same as it ever was
  changeme changeme, change me immediately, change this password, default password, administrator password, temporary password, welcome to the hub
  welcome to work, welcome to the jungle, welcome to hell, hello darkness my old friend, hello is it me you are looking for, hello my name is, hello world hello world
  families first, families first desk, children come first, every child matters, keeping children safe, keeping children safe in education
  working together to safeguard children, safeguarding is everyones business, safeguarding is everybodys responsibility, consultation hub, child protection
  think family, early help assessment, team around the family, team around the child, local authority, county council, social services
  the quick brown fox, the quick brown fox jumps over the lazy dog, the quick brown fox jumped over the lazy dog, lorem ipsum dolor sit amet
  now is the time for all good men, pack my box with five dozen liquor jugs, sphinx of black quartz judge my vow, the five boxing wizards jump quickly
  one two three four five, one two three four five six seven, one two buckle my shoe, once i caught a fish alive, abcdefg hijklmnop
  monday tuesday wednesday, january february march, spring summer autumn winter, red orange yellow green blue, richard of york gave battle in vain
  to be or not to be, to be or not to be that is the question, shall i compare thee to a summers day, all the worlds a stage, a rose by any other name
  romeo romeo wherefore art thou romeo, friends romans countrymen, et tu brute, now is the winter of our discontent, double double toil and trouble
  something wicked this way comes, out damned spot, the lady doth protest too much, alas poor yorick, cry havoc and let slip the dogs of war, once more unto the breach
  it was the best of times, it was the best of times it was the worst of times, call me ishmael, it is a truth universally acknowledged, last night i dreamt i went to manderley
  in the beginning was the word, in the beginning god created, in the beginning, the lord is my shepherd, the lord is my shepherd i shall not want, our father who art in heaven
  for god so loved the world, i can do all things through christ, jesus christ is lord, god is good all the time, trust in the lord, amazing grace how sweet the sound, god save the king, god save the queen
  god bless america, in god we trust, land of hope and glory, rule britannia, you will never walk alone, youll never walk alone, glory glory man united, come on england
  football is coming home, its coming home, three lions on a shirt, keep the blue flag flying high, blue moon rising, forever blowing bubbles, im forever blowing bubbles, up the arsenal, come on you reds
  manchester united, manchester city, tottenham hotspur, newcastle united, crystal palace, nottingham forest, sheffield wednesday, wolverhampton wanderers, west ham united, aston villa, leeds united, norwich city
  may the force be with you, luke i am your father, i am your father, use the force luke, these are not the droids, a long time ago in a galaxy far far away, help me obi wan kenobi, do or do not there is no try
  the empire strikes back, return of the jedi, to infinity and beyond, you shall not pass, one ring to rule them all, my precious my precious, not all those who wander are lost, all that is gold does not glitter
  expecto patronum, harry potter, harry potter and the philosophers stone, i solemnly swear that i am up to no good, mischief managed, he who must not be named, yer a wizard harry, winter is coming, a lannister always pays his debts
  game of thrones, lord of the rings, fellowship of the ring, return of the king, doctor who, live long and prosper, beam me up scotty, to boldly go where no one has gone before, space the final frontier, resistance is futile
  elementary my dear watson, the name is bond james bond, bond james bond, shaken not stirred, heres looking at you kid, frankly my dear i dont give a damn, theres no place like home, somewhere over the rainbow, follow the yellow brick road
  life is like a box of chocolates, run forrest run, houston we have a problem, i will be back, ill be back, hasta la vista baby, you cant handle the truth, say hello to my little friend, im gonna make him an offer he cant refuse
  show me the money, i see dead people, why so serious, nobody puts baby in the corner, i feel the need the need for speed, et phone home, just keep swimming, hakuna matata, the circle of life, let it go let it go, do you want to build a snowman
  supercalifragilisticexpialidocious, a spoonful of sugar, chitty chitty bang bang, the sound of music, the hills are alive, bibbidi bobbidi boo, when you wish upon a star, once upon a time, happily ever after, and they all lived happily ever after
  mirror mirror on the wall, humpty dumpty sat on a wall, twinkle twinkle little star, mary had a little lamb, baa baa black sheep, three blind mice, jack and jill went up the hill, hey diddle diddle, incy wincy spider, row row row your boat
  the wheels on the bus, the wheels on the bus go round and round, old macdonald had a farm, if youre happy and you know it, head shoulders knees and toes, ring a ring o roses, london bridge is falling down, hickory dickory dock, polly put the kettle on
  goldilocks and the three bears, little red riding hood, the very hungry caterpillar, were going on a bear hunt, the gruffalo, green eggs and ham, alice in wonderland, charlie and the chocolate factory, the tiger who came to tea, winnie the pooh
  bohemian rhapsody, is this the real life, is this just fantasy, we will rock you, we are the champions, dont stop me now, another one bites the dust, stairway to heaven, hotel california, sweet child of mine, sweet child o mine, livin on a prayer
  dont stop believing, dont stop believin, smells like teen spirit, purple rain, billie jean, thriller, dancing queen, mamma mia, super trouper, wonderwall, dont look back in anger, champagne supernova, live forever, let it be, hey jude, yesterday
  all you need is love, here comes the sun, yellow submarine, eleanor rigby, a hard days night, i want to hold your hand, she loves you yeah yeah yeah, strawberry fields forever, lucy in the sky with diamonds, come together, twist and shout
  imagine all the people, space oddity, ground control to major tom, life on mars, heroes just for one day, under pressure, dark side of the moon, wish you were here, another brick in the wall, we dont need no education, comfortably numb
  never gonna give you up, never gonna let you down, rick astley, take on me, sweet dreams are made of this, every breath you take, i will survive, i will always love you, my heart will go on, total eclipse of the heart, girls just want to have fun
  like a virgin, material girl, born to run, born in the usa, dancing in the dark, knocking on heavens door, like a rolling stone, the times they are a changin, bridge over troubled water, the sound of silence, sultans of swing, brothers in arms
  highway to hell, back in black, enter sandman, nothing else matters, paint it black, sympathy for the devil, i cant get no satisfaction, you cant always get what you want, gimme shelter, wild horses, wuthering heights, running up that hill
  shake it off, blank space, rolling in the deep, someone like you, set fire to the rain, shape of you, thinking out loud, viva la vida, fix you, yellow, angels, rock dj, relight my fire, back for good, wannabe, if you wanna be my lover, spice girls
  mr brightside, i bet you look good on the dancefloor, chelsea dagger, sweet caroline, delilah, come on eileen, blue suede shoes, jailhouse rock, love me tender, suspicious minds, what a wonderful world, fly me to the moon, my way, new york new york
  all i want for christmas is you, last christmas i gave you my heart, merry christmas everyone, merry christmas and a happy new year, fairytale of new york, jingle bells jingle bells, silent night holy night, we wish you a merry christmas, happy birthday to you, happy new year
  keep calm and carry on, live laugh love, carpe diem, seize the day, you only live once, follow your dreams, dream big, never give up, never give in, be the change you want to see, everything happens for a reason, this too shall pass, it is what it is
  actions speak louder than words, a bird in the hand, a bird in the hand is worth two in the bush, a penny saved is a penny earned, a picture is worth a thousand words, a stitch in time saves nine, absence makes the heart grow fonder, all good things come to those who wait
  all that glitters is not gold, all you need is a little time, an apple a day keeps the doctor away, better late than never, better safe than sorry, birds of a feather flock together, blood is thicker than water, curiosity killed the cat, dont count your chickens
  early bird catches the worm, every cloud has a silver lining, fortune favours the bold, fortune favors the bold, good things come to those who wait, great minds think alike, home is where the heart is, home sweet home, honesty is the best policy, if at first you dont succeed
  ignorance is bliss, its raining cats and dogs, keep it simple stupid, knowledge is power, laughter is the best medicine, look before you leap, love conquers all, many hands make light work, more haste less speed, necessity is the mother of invention
  no pain no gain, no news is good news, nothing ventured nothing gained, once bitten twice shy, out of sight out of mind, practice makes perfect, rome wasnt built in a day, slow and steady wins the race, speak of the devil, strike while the iron is hot
  the early bird catches the worm, the pen is mightier than the sword, the truth is out there, there is no i in team, time flies when youre having fun, time is money, too many cooks spoil the broth, two heads are better than one, two wrongs dont make a right
  variety is the spice of life, when in rome do as the romans do, where theres a will theres a way, you cant judge a book by its cover, you snooze you lose, your guess is as good as mine, money is the root of all evil, money makes the world go round, another day another dollar
  i have a dream, we shall fight on the beaches, we shall never surrender, their finest hour, one small step for man, one small step for a man, ask not what your country can do for you, i think therefore i am, let them eat cake, veni vidi vici, we hold these truths to be self evident
  we the people of the united states, four score and seven years ago, the only thing we have to fear is fear itself, hitchhikers guide to the galaxy, the answer is forty two, so long and thanks for all the fish, dont panic, big brother is watching you, war is peace freedom is slavery
  some animals are more equal than others, winnie the pooh and tiger too, the meaning of life, always look on the bright side of life, nobody expects the spanish inquisition, and now for something completely different, ni ni ni ni ni, i dont believe it, lovely jubbly, this time next year well be millionaires
  only fools and horses, strictly come dancing, the great british bake off, coronation street, match of the day, have i got news for you, a cup of tea, a nice cup of tea, nice cup of tea and a biscuit, fish and chips, bangers and mash, sunday roast dinner, cheese and onion crisps, salt and vinegar crisps, beans on toast
  i love my husband, i love my wife, i love my children, i love my family, i love my kids, i love my mum, i love my dog, i love my cat, i love my job, i hate my job, i love you so much, i love you to the moon and back, love you to the moon and back, i love you forever, i love liverpool, i love chocolate, i love cheese, i love london
  my name is, my dog is called, my cats name is, my mothers maiden name, my first pet, my favourite colour is blue, my favourite food is pizza, mother of dragons, blue is my favourite colour, the cat sat on the mat, the dog ate my homework, it was a dark and stormy night, roses are red violets are blue, roses are red
`)
