import type { Language } from '../../shared/i18n/languages'
import type { Section } from './sections'

export const privacy: Record<Language, Section[]> = {
  fi: [
    {
      title: 'Kuka vastaa tiedoistasi',
      parts: [
        'Rekisterinpitäjä on organisaatio, joka kutsui sinut Luotsiin: esimerkiksi hyvinvointialue, kunta tai koulutuksen järjestäjä. Näet sen nimen omissa tiedoissasi yksikkösi kohdalla. Jos kysyt tiedoistasi, aloita organisaatiosi pääkäyttäjästä tai tietosuojavastaavasta.',
        'Toinen organisaatio näkee tietojasi vain, jos organisaatiosi on avannut yksikkösi sille nimettyyn tarkoitukseen: yhteisvastaanottojen varaamiseen tai koulutusryhmiin.',
      ],
    },
    {
      title: 'Mitä Luotsi säilyttää sinusta',
      parts: [
        [
          'nimesi, sähköpostiosoitteesi, kielesi sekä roolisi ja yksikkösi',
          'salasanastasi vain tiivisteen, josta salasanaa ei saa selville',
          'koulutuksesta: ryhmäsi, tehdyt osiot, testien vastaukset ja pisteet, palautetut tehtävät ja se, mihin jäit',
          'luonnokset, kunnes palautat ne; luonnoksia et jaa kenenkään kanssa',
          'kyselyistä: mitä ja milloin vastasit tai jätit vastaamatta, ja vastauksesi salattuina; harjoituksista ja tavoitteista: mitä olet aloittanut ja tehnyt, ja kirjoittamasi salattuna',
          'yhteisvastaanotoista: aika, paikka, tapa, osallistujat ja mahdollisen perumisen syy',
          'lääkäristä, koordinaattorista ja muusta ammattilaisesta: vastaanottoajat, poissaolopäivät ilman syytä ja sijainen',
          'tulkista, jolla ei ole tunnusta: nimi, sähköpostiosoite ja kielet, kunnes hänet poistetaan käytöstä ja viimeinen varattu yhteisvastaanotto on ohi',
          'jos otat muita kalentereitasi mukaan: niiden osoitteet salattuina ja ajat, jolloin olet varattu; tapahtumien nimiä tai muita tietoja ei säilytetä',
          'mitä ilmoituksia haluat ja mitkä niistä olet lukenut',
          'milloin viimeksi käytit Luotsia, noin viiden minuutin tarkkuudella',
          'kuka on katsonut tietojasi ja milloin (käyttöloki)',
        ],
        'Asiakkaista Luotsiin ei tallenneta nimeä, henkilötunnusta eikä diagnooseja. Yhteisvastaanotolla on Luotsin antama viite, ja asiakkaan henkilöllisyys kulkee Luotsin ulkopuolella. Jos tekstiin kirjoittaa henkilötunnuksen, Luotsi ei ota sitä vastaan.',
        [
          'Asiakkaan asiasta säilytetään viite, vastuuhenkilö, aikojen ja kirjausten päivät sekä se, kuka tekee mitä ja mihin mennessä.',
          'Kysymys lääkärille ja kirjaus siitä, mitä sovittiin, säilytetään salattuina ja poistetaan 30 päivän kuluttua tapaamisesta, ellei organisaatiosi ole päättänyt muusta ajasta. Sama koskee kutsuttujen vieraiden nimiä ja osoitteita.',
          'Tekstin voi lukea vain se, jolle asiakas on antanut luvan. Luvasta säilytetään, kenelle, mihin tarkoitukseen ja milloin se annettiin ja milloin se peruttiin. Jokainen lukeminen jää käyttölokiin.',
        ],
      ],
    },
    {
      title: 'Miksi ja millä perusteella',
      parts: [
        'Tietoja käytetään koulutuksen järjestämiseen ja seurantaan, yhteisvastaanottojen sopimiseen sekä palvelun turvallisuuteen. Perusteena on rekisterinpitäjän lakisääteinen tehtävä tai yleinen etu. Luotsissa ei ole mainontaa eikä profilointia, eikä mitään päätöstä sinusta tehdä automaattisesti.',
        'Kyselyt ja harjoitukset ovat vapaaehtoisia, ja niihin osallistut suostumuksellasi. Voit kieltäytyä yhdellä painalluksella ja poistaa vastauksesi ja kirjoittamasi milloin tahansa. Koulutuksen suorittaminen ei riipu niistä. Vastauksista tehdään ryhmän lukuja vain, kun vastaajia on tarpeeksi; valmiiseen raporttiin jää lukuja, joista ketään ei tunnista.',
      ],
    },
    {
      title: 'Kuka näkee mitä',
      parts: [
        [
          'Kouluttajasi näkee edistymisesi, testien pisteet ja palautetut tehtävät. Luonnoksia hän ei näe.',
          'Vastauksesi kyselyihin sekä harjoituksiin ja tavoitteisiin kirjoittamasi näet vain sinä. Voit avata tuloksesi oman ryhmäsi kouluttajille ja perua sen; jokainen katselu jää käyttölokiin.',
          'Esihenkilö näkee vain ryhmien lukuja. Alle kymmenen hengen ryhmien luvut on piilotettu.',
          'Pääkäyttäjä näkee nimesi, osoitteesi ja roolisi.',
          'Yhteisvastaanoton näkevät sen osallistujat ja heidän sijaisensa sekä oman yksikön ajanvaraaja.',
        ],
        'Kun kouluttaja avaa sinun sivusi tai palautuksesi, siitä jää merkintä käyttölokiin ennen kuin tiedot näytetään.',
      ],
    },
    {
      title: 'Kuinka kauan',
      parts: [
        'Tietosi säilyvät niin kauan kuin tunnuksesi on käytössä ja sen jälkeen rekisterinpitäjän päättämän säilytysajan. Luonnos poistuu, kun palautat tehtävän. Kun tietosi poistetaan, nimesi, osoitteesi, tekstisi ja luonnoksesi häviävät lopullisesti. Lukumäärät, kuten kurssin suorittaneiden määrä, säilyvät ilman nimeäsi.',
      ],
    },
    {
      title: 'Evästeet ja selaimen muisti',
      parts: [
        'Luotsi käyttää kahta evästettä, jotka pitävät sinut kirjautuneena. Muita evästeitä ei ole, eikä ulkopuolisia seurantatyökaluja. Selaimesi muistissa ovat valitsemasi kieli ja teksti, jota ei ole vielä saatu tallennettua. Teksti poistuu selaimesta, kun se on tallennettu tai kun kirjaudut ulos.',
      ],
    },
    {
      title: 'Oikeutesi',
      parts: [
        [
          'Voit ladata kaikki tietosi itse omien tietojen sivulta.',
          'Voit korjata nimesi itse ja pyytää pääkäyttäjää korjaamaan muut tiedot.',
          'Voit pyytää tietojesi poistamista. Pääkäyttäjä tekee sen Luotsissa.',
          'Voit kysyä, kuka on katsonut tietojasi.',
          'Voit valittaa tietosuojavaltuutetulle (tietosuoja.fi).',
        ],
        'Pyyntöön vastataan kuukauden kuluessa.',
      ],
    },
    {
      title: 'Miten tiedot suojataan',
      parts: [
        'Nimet, tekstit ja luonnokset säilytetään salattuina. Yhteys on salattu. Istunto päättyy kaikilla laitteilla heti, kun salasana vaihdetaan, tunnus poistetaan käytöstä tai kirjaudut ulos kaikilta laitteilta.',
      ],
    },
  ],
  sv: [
    {
      title: 'Vem som ansvarar för dina uppgifter',
      parts: [
        'Personuppgiftsansvarig är den organisation som bjöd in dig till Luotsi: till exempel ett välfärdsområde, en kommun eller den som ordnar utbildningen. Du ser namnet vid din enhet på sidan Mina uppgifter. Om du har frågor om dina uppgifter, börja med organisationens huvudanvändare eller dataskyddsombud.',
        'En annan organisation ser dina uppgifter bara om din organisation har öppnat din enhet för den för ett namngivet ändamål: att boka gemensamma mottagningar eller för utbildningsgrupper.',
      ],
    },
    {
      title: 'Vad Luotsi sparar om dig',
      parts: [
        [
          'ditt namn, din e-postadress, ditt språk samt dina roller och enheter',
          'av lösenordet bara ett kondensat som lösenordet inte kan läsas ur',
          'om utbildningen: din grupp, gjorda delar, svar och poäng i test, inlämnade uppgifter och var du slutade',
          'utkast tills du lämnar in dem; ingen annan ser dina utkast',
          'om enkäter: vad och när du svarade eller avstod, och dina svar krypterade; om övningar och mål: vad du har börjat och gjort, och det du skrivit krypterat',
          'om gemensamma mottagningar: tid, plats, sätt, deltagare och orsaken om den avbokas',
          'om läkare, koordinatorer och andra yrkespersoner: mottagningstider, frånvarodagar utan orsak och ersättare',
          'om tolkar som inte har något konto: namn, e-postadress och språk, tills tolken tas ur bruk och den sista bokade gemensamma mottagningen är över',
          'om du tar med dina andra kalendrar: deras adresser krypterade och tiderna då du är upptagen; händelsernas namn eller andra uppgifter sparas inte',
          'vilka meddelanden du vill ha och vilka av dem du har läst',
          'när du senast använde Luotsi, med ungefär fem minuters noggrannhet',
          'vem som har sett dina uppgifter och när (användningslogg)',
        ],
        'Om klienter sparas varken namn, personbeteckning eller diagnoser i Luotsi. En gemensam mottagning har en referens som Luotsi ger, och klientens identitet hanteras utanför Luotsi. Om någon skriver en personbeteckning i en text tar Luotsi inte emot den.',
        [
          'Om klientens ärende sparas referensen, vem som ansvarar, dagarna för möten och anteckningar samt vem som gör vad och till när.',
          'Frågan till läkaren och anteckningen om vad ni kom överens om förvaras krypterade och raderas 30 dagar efter mötet, om inte din organisation har bestämt en annan tid. Detsamma gäller namn och adresser till inbjudna gäster.',
          'Texten kan läsas bara av den som klienten har gett lov. Om lovet sparas till vem, för vilket ändamål och när det gavs och när det togs tillbaka. Varje läsning antecknas i användningsloggen.',
        ],
      ],
    },
    {
      title: 'Varför och på vilken grund',
      parts: [
        'Uppgifterna används för att ordna och följa upp utbildningen, för att komma överens om gemensamma mottagningar och för tjänstens säkerhet. Grunden är den personuppgiftsansvarigas lagstadgade uppgift eller ett allmänt intresse. I Luotsi finns ingen reklam eller profilering, och inga beslut om dig fattas automatiskt.',
        'Enkäter och övningar är frivilliga och bygger på ditt samtycke. Du kan avstå med ett tryck och ta bort dina svar och det du skrivit när som helst. Utbildningen beror inte på dem. Av svaren görs siffror om gruppen bara när tillräckligt många har svarat; i en färdig rapport finns siffror där ingen känns igen.',
      ],
    },
    {
      title: 'Vem som ser vad',
      parts: [
        [
          'Din utbildare ser dina framsteg, poängen i test och inlämnade uppgifter, men inte utkast.',
          'Bara du ser dina svar i enkäter och det du skriver i övningar och mål. Du kan öppna dina resultat för utbildarna i din grupp och ta tillbaka det; varje läsning antecknas i användningsloggen.',
          'En chef ser bara siffror för grupper. Siffror för grupper med färre än tio är dolda.',
          'Huvudanvändaren ser ditt namn, din adress och dina roller.',
          'En gemensam mottagning ser de som deltar och deras ersättare samt tidsbokaren vid den egna enheten.',
        ],
        'När utbildaren öppnar din sida eller det du lämnat in antecknas det i användningsloggen innan uppgifterna visas.',
      ],
    },
    {
      title: 'Hur länge',
      parts: [
        'Dina uppgifter finns kvar så länge ditt konto är i bruk och därefter under den förvaringstid som den personuppgiftsansvariga bestämmer. Ett utkast försvinner när du lämnar in uppgiften. När dina uppgifter raderas försvinner namn, adress, texter och utkast slutgiltigt. Antal, till exempel hur många som gått kursen, finns kvar utan ditt namn.',
      ],
    },
    {
      title: 'Kakor och webbläsarens minne',
      parts: [
        'Luotsi använder två kakor som håller dig inloggad. Det finns inga andra kakor och inga utomstående spårningsverktyg. I webbläsarens minne finns språket du valt och text som ännu inte har kunnat sparas. Texten försvinner ur webbläsaren när den har sparats eller när du loggar ut.',
      ],
    },
    {
      title: 'Dina rättigheter',
      parts: [
        [
          'Du kan själv ladda ner alla uppgifter om dig på sidan Mina uppgifter.',
          'Du kan själv rätta ditt namn och be huvudanvändaren rätta andra uppgifter.',
          'Du kan be att dina uppgifter raderas. Huvudanvändaren gör det i Luotsi.',
          'Du kan fråga vem som har sett dina uppgifter.',
          'Du kan klaga hos dataombudsmannen (tietosuoja.fi).',
        ],
        'En begäran besvaras inom en månad.',
      ],
    },
    {
      title: 'Hur uppgifterna skyddas',
      parts: [
        'Namn, texter och utkast förvaras krypterade. Förbindelsen är krypterad. Sessionen avslutas på alla enheter genast när lösenordet byts, kontot tas ur bruk eller du loggar ut från alla enheter.',
      ],
    },
  ],
  en: [
    {
      title: 'Who is responsible for your data',
      parts: [
        'The controller is the organisation that invited you to Luotsi: for example a wellbeing services county, a municipality or the organiser of the training. Its name stands beside your unit in My details. If you have questions about your data, start with your organisation’s administrator or data protection officer.',
        'Another organisation sees your data only if your organisation has opened your unit to it for a named purpose: booking joint appointments, or training groups.',
      ],
    },
    {
      title: 'What Luotsi keeps about you',
      parts: [
        [
          'your name, email address and language, and your roles and units',
          'of your password only a hash, from which the password cannot be read',
          'about the training: your group, the parts you have done, quiz answers and points, tasks you handed in, and where you left off',
          'drafts until you hand them in; nobody else sees your drafts',
          'of questionnaires: what you answered or declined and when, and your answers, encrypted; of exercises and goals: what you began and did, and what you wrote, encrypted',
          'about joint appointments: time, place, how you meet, who takes part, and the reason if one is cancelled',
          'about doctors, coordinators and other professionals: appointment hours, days away, without reasons, and who stands in',
          'about interpreters, who have no account: name, email address and languages, until they are taken out of use and the last booked joint appointment is over',
          'if you take your other calendars along: their addresses, encrypted, and the times when you are busy; names and other details of events are not kept',
          'which notices you want, and which of them you have read',
          'when you last used Luotsi, to within about five minutes',
          'who has looked at your data and when (the access log)',
        ],
        'About clients Luotsi keeps no name, no personal identity code and no diagnosis. A joint appointment has a reference made by Luotsi; the client’s identity travels outside Luotsi. If a text contains a personal identity code, Luotsi refuses it.',
        [
          'Of a client’s matter Luotsi keeps the reference, who carries it, the days of meetings and notes, and who does what by when.',
          'The question to the doctor and the note of what was agreed are kept encrypted and erased 30 days after the meeting, unless your organisation has decided on another time. The same goes for the names and addresses of invited guests.',
          'A text can be read only by those whom the client has let read it. Of the consent Luotsi keeps to whom, for what and when it was given, and when it was taken back. Every reading is recorded in the access log.',
        ],
      ],
    },
    {
      title: 'Why, and on what basis',
      parts: [
        'The data is used to organise and follow the training, to arrange joint appointments, and to keep the service secure. The basis is the controller’s statutory task or the public interest. Luotsi has no advertising and no profiling, and no decision about you is made automatically.',
        'Questionnaires and exercises are voluntary and rest on your consent. You can decline with one tap, and delete your answers and what you wrote at any time. Completing the training does not depend on them. Answers become figures of a group only when enough people answered; a report that was made keeps figures in which nobody can be recognised.',
      ],
    },
    {
      title: 'Who sees what',
      parts: [
        [
          'Your trainer sees your progress, quiz points and the tasks you handed in, but not your drafts.',
          'Only you see your answers to questionnaires and what you write in exercises and goals. You can open your results to the trainers of your group, and take that back; every look is in the access log.',
          'A manager sees figures of groups only. Groups of fewer than ten are hidden.',
          'The administrator sees your name, address and roles.',
          'A joint appointment is seen by those who take part, by those who stand in for them, and by the scheduler of the unit.',
        ],
        'When a trainer opens your page or something you handed in, it is recorded in the access log before the data is shown.',
      ],
    },
    {
      title: 'How long',
      parts: [
        'Your data is kept as long as your account is in use, and after that for the retention period that the controller decides. A draft is removed when you hand in the task. When your data is erased, your name, address, texts and drafts are gone for good. Counts, such as how many completed the course, stay without your name.',
      ],
    },
    {
      title: 'Cookies and the browser’s memory',
      parts: [
        'Luotsi uses two cookies that keep you signed in. There are no other cookies and no outside tracking tools. Your browser’s memory holds the language you chose and any text that could not be saved yet. That text leaves the browser when it has been saved or when you sign out.',
      ],
    },
    {
      title: 'Your rights',
      parts: [
        [
          'You can download all your data yourself in My details.',
          'You can correct your name yourself, and ask the administrator to correct other data.',
          'You can ask for your data to be erased. The administrator does it in Luotsi.',
          'You can ask who has looked at your data.',
          'You can complain to the Data Protection Ombudsman (tietosuoja.fi).',
        ],
        'Requests are answered within a month.',
      ],
    },
    {
      title: 'How the data is protected',
      parts: [
        'Names, texts and drafts are kept encrypted. The connection is encrypted. Your session ends on all devices as soon as the password is changed, the account is deactivated, or you sign out on all devices.',
      ],
    },
  ],
}
