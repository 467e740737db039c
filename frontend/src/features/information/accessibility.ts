import type { Language } from '../../shared/i18n/languages'
import type { Section } from './sections'

type Statement = { sections: Section[]; supervisorTitle: string; supervisorText: string }

export const accessibility: Record<Language, Statement> = {
  fi: {
    sections: [
      {
        title: 'Mitä seloste koskee',
        parts: [
          'Tämä seloste koskee Luotsia, työkykykoordinaattorien koulutus- ja yhteisvastaanottopalvelua. Digipalvelulaki (306/2019) vaatii, että julkiset verkkopalvelut ovat saavutettavia.',
        ],
      },
      {
        title: 'Kuinka saavutettava Luotsi on',
        parts: [
          'Luotsi on tehty täyttämään WCAG 2.2 -ohjeiston A- ja AA-tasot. Jokainen sivu testataan automaattisesti sekä leveällä että kapealla näytöllä aina, kun palvelua muutetaan, eikä muutos mene läpi, jos testissä on yksikin virhe. Palvelu toimii pelkällä näppäimistöllä, 320 kuvapisteen levyisellä näytöllä ja kun liike on vähennetty.',
          'Ulkopuolinen asiantuntija ei ole vielä arvioinut palvelua, eikä sitä ole testattu järjestelmällisesti kaikilla ruudunlukijoilla. Siksi sanomme, että Luotsi täyttää vaatimukset osittain.',
        ],
      },
      {
        title: 'Tiedossa olevat puutteet',
        parts: [
          [
            'Ryhmän edistymistaulukko on leveä. Kapealla näytöllä sitä on vieritettävä sivusuunnassa. Sama tieto on luettavissa koulutettavan omalta sivulta.',
            'Osa kurssin sisällöstä voi puuttua ruotsiksi tai englanniksi. Silloin siitä kerrotaan ja sisältö näytetään suomeksi.',
            'Kurssin sisältöä ei ole vielä selkokielellä.',
          ],
        ],
      },
      {
        title: 'Miten seloste on tehty',
        parts: [
          'Seloste perustuu palvelun tekijöiden omaan arvioon ja automaattisiin testeihin. Se on laadittu 21.11.2026 ja tarkistetaan, kun palvelu muuttuu, kuitenkin vähintään kerran vuodessa.',
        ],
      },
      {
        title: 'Huomasitko puutteen?',
        parts: [
          'Kerro siitä meille. Vastaamme 14 päivässä. Jos jokin kohta ei ole sinulle saavutettava, pyydä tieto muulla tavalla.',
        ],
      },
    ],
    supervisorTitle: 'Valvova viranomainen',
    supervisorText:
      'Jos et ole tyytyväinen vastaukseemme tai et saa vastausta kahdessa viikossa, voit tehdä ilmoituksen valvovalle viranomaiselle.',
  },
  sv: {
    sections: [
      {
        title: 'Vad utlåtandet gäller',
        parts: [
          'Utlåtandet gäller Luotsi, en tjänst för utbildning av arbetsförmågekoordinatorer och för gemensamma mottagningar. Lagen om tillhandahållande av digitala tjänster (306/2019) kräver att offentliga webbtjänster är tillgängliga.',
        ],
      },
      {
        title: 'Hur tillgängligt Luotsi är',
        parts: [
          'Luotsi är gjort för att uppfylla nivåerna A och AA i WCAG 2.2. Varje sida testas automatiskt på både bred och smal skärm varje gång tjänsten ändras, och en ändring går inte igenom om testet visar ett enda fel. Tjänsten fungerar med enbart tangentbord, på en 320 bildpunkter bred skärm och när rörelser är begränsade.',
          'Ingen utomstående expert har ännu granskat tjänsten, och den har inte testats systematiskt med alla skärmläsare. Därför säger vi att Luotsi delvis uppfyller kraven.',
        ],
      },
      {
        title: 'Kända brister',
        parts: [
          [
            'Tabellen över gruppens framsteg är bred. På en smal skärm måste den rullas i sidled. Samma uppgifter finns på varje deltagares egen sida.',
            'En del av kursens innehåll kan saknas på svenska eller engelska. Det berättas då och innehållet visas på finska.',
            'Kursens innehåll finns ännu inte på lättläst språk.',
          ],
        ],
      },
      {
        title: 'Hur utlåtandet har gjorts',
        parts: [
          'Utlåtandet bygger på en egen bedömning av dem som gör tjänsten och på automatiska test. Det är upprättat 21.11.2026 och ses över när tjänsten ändras, dock minst en gång om året.',
        ],
      },
      {
        title: 'Har du hittat en brist?',
        parts: [
          'Berätta om den för oss. Vi svarar inom 14 dagar. Om något inte är tillgängligt för dig, be om informationen på något annat sätt.',
        ],
      },
    ],
    supervisorTitle: 'Tillsynsmyndighet',
    supervisorText:
      'Om du inte är nöjd med vårt svar eller inte får något svar inom två veckor kan du göra en anmälan till tillsynsmyndigheten.',
  },
  en: {
    sections: [
      {
        title: 'What this statement is about',
        parts: [
          'This statement is about Luotsi, a service for training work-ability coordinators and for joint appointments. The Finnish Act on the Provision of Digital Services (306/2019) requires public web services to be accessible.',
        ],
      },
      {
        title: 'How accessible Luotsi is',
        parts: [
          'Luotsi is made to meet levels A and AA of WCAG 2.2. Every page is tested automatically, on a wide and on a narrow screen, whenever the service changes, and a change with a single finding does not go through. The service works with the keyboard alone, on a screen 320 pixels wide, and with reduced motion.',
          'No outside expert has evaluated the service yet, and it has not been tested systematically with all screen readers. We therefore say that Luotsi conforms partially.',
        ],
      },
      {
        title: 'Known shortcomings',
        parts: [
          [
            'The table of a group’s progress is wide. On a narrow screen it has to be scrolled sideways. The same facts can be read on each trainee’s own page.',
            'Some of the course may be missing in Swedish or English. You are then told so, and the content is shown in Finnish.',
            'The course does not exist in plain language yet.',
          ],
        ],
      },
      {
        title: 'How this statement was made',
        parts: [
          'The statement rests on the makers’ own evaluation and on automatic tests. It was made on 21 November 2026 and is reviewed when the service changes, at least once a year.',
        ],
      },
      {
        title: 'Did you notice a shortcoming?',
        parts: [
          'Please tell us. We answer within 14 days. If something is not accessible to you, ask for the information in another way.',
        ],
      },
    ],
    supervisorTitle: 'Supervising authority',
    supervisorText:
      'If you are not satisfied with our answer, or get none within two weeks, you can notify the supervising authority.',
  },
}
