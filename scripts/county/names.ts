import type { Chance } from './chance.ts'

/** Names as they are heard in an English county. Put together by chance: nobody in particular. */
interface Origin {
  share: number
  given: readonly string[]
  surnames: readonly string[]
}

const words = (text: string): string[] => text.split(' ')

const origins: readonly Origin[] = [
  {
    share: 44,
    given: words(
      'Oliver George Harry Noah Jack Leo Arthur Freddie Archie Alfie Charlie Henry Thomas Joshua William Edward Samuel Daniel Reuben Toby Amelia Olivia Isla Ava Lily Grace Evie Poppy Florence Alice Ruby Daisy Phoebe Matilda Rosie Charlotte Elizabeth Bethany Harriet Eleanor'
    ),
    surnames: words(
      'Ashdown Barker Bennett Brooks Carter Chapman Cooper Cox Dawson Ellison Fletcher Foster Gibbs Hammond Harding Hartley Holloway Hughes-Cole Jarvis Kemp Langley Marsh Mitchell Norris Osborne Palmer Pemberton Pickering Quinn Radley Sawyer Skinner Stanton Thorne Underwood Vale Wakefield Webster Whitlock Yardley'
    )
  },
  {
    share: 6,
    given: words(
      'Dylan Rhys Osian Ioan Gethin Macsen Iwan Huw Siân Cerys Ffion Megan Carys Nia Lowri Catrin Bronwen Elin Seren Angharad'
    ),
    surnames: words(
      'Bevan Bowen Davies Evans Griffiths Gwynne Howells Jenkins Llewellyn Lloyd Meredith Morgan Parry Powell Pritchard Probert Pugh Rees Vaughan Watkins'
    )
  },
  {
    share: 6,
    given: words(
      'Callum Hamish Fraser Lewis Finlay Struan Angus Rory Innes Murray Eilidh Mhairi Catriona Isobel Skye Morag Kirsty Ailsa Fiona Iona'
    ),
    surnames: words(
      'Abercrombie Baird Buchanan Cairns Drummond Farquhar Galbraith Guthrie Kerr Lennox MacAllister MacKinnon McAllister McGregor McLeod Menzies Muir Rankin Sinclair Urquhart'
    )
  },
  {
    share: 7,
    given: words(
      'Conor Cillian Oisín Fionn Eoin Darragh Ronan Declan Cormac Tadhg Niamh Saoirse Aoife Caoimhe Róisín Sinéad Orla Gráinne Ciara Maeve'
    ),
    surnames: words(
      'O’Brien O’Connell O’Sullivan O’Rourke O’Dwyer Byrne Brennan Cassidy Connolly Doyle Duffy Fitzgerald Gallagher Keane Kavanagh Maguire McCarthy Nolan Rafferty Tierney'
    )
  },
  {
    share: 12,
    given: words(
      'Mohammed Ibrahim Yusuf Hamza Zayn Bilal Imran Arjun Rohan Aarav Ishaan Krish Dev Jaspreet Harpreet Gurdeep Aisha Fatima Maryam Zainab Khadija Noor Sana Priya Ananya Diya Anjali Meera Simran Kiran'
    ),
    surnames: words(
      'Ahmed Akhtar Ali Begum Bhatt Chaudhry Chowdhury Desai Gill Hussain Iqbal Islam Joshi Kapoor Kaur Khan Malik Mehta Mistry Nair Patel Qureshi Rahman Rao Reddy Shah Sharma Singh Solanki Uddin'
    )
  },
  {
    share: 5,
    given: words(
      'Jakub Kacper Szymon Filip Michał Łukasz Wojciech Mateusz Aleksander Tomasz Zuzanna Julia Maja Hanna Oliwia Agnieszka Małgorzata Katarzyna Weronika Kinga'
    ),
    surnames: words(
      'Nowak Kowalski Kowalska Wiśniewski Wójcik Kamiński Lewandowska Zieliński Szymańska Woźniak Dąbrowski Kozłowska Jankowski Mazur Krawczyk Piotrowska Grabowski Pawlak Michalska Król'
    )
  },
  {
    share: 4,
    given: words(
      'Andrei Matei Ștefan Luca Radu Ionuț Vlad Cristian Bogdan Mihai Maria Ioana Elena Andreea Sofia Ana Daria Bianca Ilinca Raluca'
    ),
    surnames: words(
      'Popescu Ionescu Popa Radu Dumitru Stan Stoica Gheorghe Matei Ciobanu Rusu Munteanu Marin Tudor Dobre Barbu Nistor Florea Manole Ungureanu'
    )
  },
  {
    share: 5,
    given: words(
      'Chukwuemeka Oluwaseun Tobi Emeka Ayodele Ifeanyi Babatunde Kelechi Obinna Femi Adaeze Chidinma Folake Ngozi Temitope Yetunde Amara Bukola Ifeoma Zainabu'
    ),
    surnames: words(
      'Achebe Adebayo Adeyemi Afolabi Akintola Anyanwu Balogun Chukwu Danjuma Eze Ibekwe Iwu Nwosu Obi Ogunleye Okafor Okonkwo Okoro Oladipo Uche'
    )
  },
  {
    share: 3,
    given: words(
      'Kofi Kwame Kwabena Yaw Kojo Kwaku Nana Ebo Fiifi Kwesi Ama Akosua Abena Efua Adwoa Esi Afia Yaa Akua Araba'
    ),
    surnames: words(
      'Addo Agyeman Amankwah Ansah Appiah Asante Asamoah Boateng Bonsu Danquah Darko Frimpong Gyasi Mensah Nkrumah Ofori Opoku Osei Owusu Quaye'
    )
  },
  {
    share: 3,
    given: words(
      'Jermaine Tyrell Kemar Marlon Delroy Andre Tyrone Leroy Jahmal Romaine Shanice Keisha Tamara Renée Simone Chantelle Monique Latoya Danielle Kadeen'
    ),
    surnames: words(
      'Bailey Barrett Beckford Blackwood Campbell Clarke Dacosta Francis Gayle Gordon Grant Hibbert Lindo McKenzie Pinnock Reid Samuels St-Clair Thompson Whyte'
    )
  },
  {
    share: 2,
    given: words('Emre Mehmet Kerem Yiğit Arda Baran Can Deniz Ayşe Elif Zeynep Defne Ceren Gül Selin Özge'),
    surnames: words(
      'Yılmaz Kaya Demir Çelik Şahin Yıldız Öztürk Aydın Özdemir Arslan Doğan Kılıç Aslan Çetin Kara Koç'
    )
  },
  {
    share: 1,
    given: words(
      'Andreas Christos Kyriacos Marios Panayiotis Stelios Costas Yiannis Eleni Despina Maria Androulla Katerina Sofia Chrysanthi Ioanna'
    ),
    surnames: words(
      'Andreou Charalambous Christodoulou Constantinou Demetriou Georgiou Hadjimichael Ioannou Kyriacou Loizou Michaelides Nicolaou Panayi Pavlou Stavrou Theodorou'
    )
  },
  {
    share: 1,
    given: words('Wei Jun Ming Hao Lei Kai Mei Ling Xin Yan Jing Hui Chun Fang Lan Yu'),
    surnames: words('Chan Chen Cheung Ho Huang Lam Lau Leung Li Lin Liu Ng Tang Wang Wong Zhang')
  },
  {
    share: 1,
    given: words(
      'Omar Khalid Tariq Karim Sami Rami Nabil Faisal Layla Huda Salma Rania Yasmin Amal Nadia Dalia'
    ),
    surnames: words(
      'Al-Hassan Al-Masri Aziz Darwish Fadel Haddad Hamdan Jaber Khalil Mansour Nasser Rahal Saleh Shaheen Tawfiq Zaki'
    )
  }
]

const byShare = origins.map((origin) => [origin, origin.share] as const)

export interface FamilyName {
  surname: string
  /** Given names that a child of this family may have. */
  given: readonly string[]
}

/** A family's surname and the names its children may have; one family in eight chose a name from elsewhere. */
export function familyName(chance: Chance): FamilyName {
  const origin = chance.weighted(byShare)
  const { given } = chance.yes(0.12) ? chance.weighted(byShare) : origin
  const surname = chance.pick(origin.surnames)
  const isDouble = chance.yes(0.04)
  return { given, surname: isDouble ? `${surname}-${chance.pick(origins[0]!.surnames)}` : surname }
}

/** Somebody grown up. */
export function personName(chance: Chance): string {
  const { given, surname } = familyName(chance)
  return `${chance.pick(given)} ${surname}`
}
