"""Invented people as two advisers write them down: the second one mishears, mistypes, inverts and leaves out."""

import random
import re
from collections.abc import Iterator

GIVEN = """
Mohamed/Mohammed Youssef/Yousef Yacine/Yassine Aïcha/Aisha Oussama/Ousama Khadija/Khadidja
Abdelkader/Abd-El-Kader Chérif/Cherif Hüseyin/Huseyin Özgür/Ozgur Yılmaz/Yilmaz João/Joao Inês/Ines
Oleksandr/Olexandr Oksana/Oxana Yuliia/Yulia Fatoumata/Fatoumatta Mamadou/Mamadu Aminata/Aminatta
Kévin/Kevin Anaïs/Anais Léa/Lea Chloé/Chloe Philippe/Philipe Quentin/Kentin Maëlys/Maelis Guillaume/Guillome
Jean-Pierre/Jean_Pierre Marie-Ange/Marie_Ange Hélène/Helene Mathieu/Matthieu Thibault/Thibaut
Gauthier/Gautier Zoé/Zoe Loïc/Loic Éléonore/Eleonore Noémie/Noemi Élodie/Elodie Cédric/Cedric Jérémy/Jeremie
Nawel/Nawal Rachida/Rachidda Samira/Samirra Imène/Imen Walid/Oualid Djamel/Jamel Sofiane/Soufiane Hakim/Akim
Ilyès/Ilyes Ayşe/Ayse Emre/Emré Merve/Merwe Tiago/Thiago Rui/Rouy Ivana/Ivanna Milan/Millan Dragan/Draguan
Ibrahima/Ibrahim Awa/Hawa
""".split()
NAMES = """
Benali/Ben_Ali Belkacem/Belkacem Bouazza/Bouaza Cherkaoui/Cherkawi Haddad/Hadad Mansouri/Mansoury Ouali/Wali
Yıldız/Yildiz Çelik/Celik Şahin/Sahin Demir/Demire Kaya/Kaïa Gonçalves/Goncalves Pereira/Perreira
Da_Silva/Dasilva Dos_Santos/Dossantos Shevchenko/Chevtchenko Kovalenko/Kovalenco Petrović/Petrovic
Nowak/Novak Diallo/Dialo Traoré/Traore Cissé/Cisse N’Guessan/Nguessan N’Diaye/Ndiaye Kouyaté/Kouyate
Ouattara/Wattara Coulibaly/Koulibaly Lefèvre/Lefevre Dupont/Dupond Schmitt/Schmidt Müller/Muller Klein/Klain
Weber/Veber Le_Goff/Legoff D’Angelo/Dangelo Martinez/Martines Garcia/Garssia Rousseau/Rousso Moreau/Moreaux
Gérard/Gerard Lemaître/Lemaitre Thiébaut/Thiebaud Boulanger/Boulangé Hoffmann/Hofmann Kieffer/Kiefer
Zimmermann/Zimerman Becker/Beker Tran/Trann Nguyen/Nguyenn El_Amrani/Elamrani Aït_Hamou/Ait-Hamou
Bensaïd/Ben_Said Saïdi/Saidi Zerrouki/Zerouki Boudjemaa/Boujemaa Camara/Kamara Sow/Soh Barry/Bari
Fofana/Foffana Konaté/Konate Sylla/Sila Keïta/Keita Touré/Toure
""".split()
SYLLABLES = "ba ber chou da dou el fa gué ha issa jou ka kou li lou ma mer na né ou pha quet ri rot sa sou ti to va vi ya zo".split()
Line = dict[str, str]


def people(count: int, seed: int) -> Iterator[tuple[Line, Line]]:
    """Pairs: someone as first registered, and the same one as written down by somebody else later."""
    dice = random.Random(seed)
    for number in range(count):
        given, other_given = _spelled(dice, GIVEN)
        name, other_name = _spelled(dice, NAMES) if dice.random() < 0.3 else _rare(dice)
        if dice.random() < 0.2:
            more, other_more = _spelled(dice, NAMES)
            name, other_name = f"{name} {more}", f"{other_name} {other_more}"
        born = f"{dice.randrange(1997, 2011)}-{dice.randrange(1, 13):02d}-{dice.randrange(1, 29):02d}"
        first = {"given_name": given, "birth_name": name, "birth_date": born, "phone": f"06{dice.randrange(10**8):08d}"}
        second = {**first, "given_name": other_given, "birth_name": other_name}
        for fault in dice.sample(FAULTS, k=dice.choices((0, 1, 2), (4, 4, 2))[0]):
            second = fault(second, dice)
        yield {"id": f"a{number}", **first}, {"id": f"b{number}", **second}


def _spelled(dice: random.Random, spellings: list[str]) -> tuple[str, str]:
    first, second = dice.choice(spellings).replace("_", " ").split("/")
    return (first, second) if dice.random() < 0.5 else (first, first)


def _rare(dice: random.Random) -> tuple[str, str]:
    """Most names are borne by few; the second adviser hears one letter otherwise now and then."""
    name = "".join(dice.choices(SYLLABLES, k=3)).title()
    heard = dice.choice((("ph", "f"), ("ss", "s"), ("ou", "u"), ("k", "c"), ("y", "i"), ("tt", "t")))
    return name, name.replace(*heard)


def inverted(line: Line, dice: random.Random) -> Line:
    return {**line, "given_name": line["birth_name"], "birth_name": line["given_name"]}


def mistyped(line: Line, dice: random.Random) -> Line:
    field = dice.choice(("given_name", "birth_name"))
    place = dice.randrange(len(line[field]))
    return {**line, field: line[field][:place] + dice.choice("aeinrst") + line[field][place + dice.randrange(2) :]}


def in_capitals(line: Line, dice: random.Random) -> Line:
    return {**line, "birth_name": f"  {line['birth_name'].upper()} "}


def one_part_left_out(line: Line, dice: random.Random) -> Line:
    parts = re.split("[ -]", line["birth_name"])
    return {**line, "birth_name": parts[0]} if len(parts) > 1 else line


def day_and_month_swapped(line: Line, dice: random.Random) -> Line:
    if "-" not in line["birth_date"]:
        return line
    year, month, day = line["birth_date"].split("-")
    return {**line, "birth_date": f"{month}/{day}/{year}" if int(day) <= 12 else f"{day}/{month}/{year}"}


def another_day(line: Line, dice: random.Random) -> Line:
    if "-" not in line["birth_date"]:
        return line
    year, month, _ = line["birth_date"].split("-")
    return {**line, "birth_date": f"{dice.randrange(1, 29):02d}/{month}/{year}"}


def no_date(line: Line, dice: random.Random) -> Line:
    return {**line, "birth_date": ""}


def another_phone(line: Line, dice: random.Random) -> Line:
    return {**line, "phone": f"07{dice.randrange(10**8):08d}"}


def phone_mistyped(line: Line, dice: random.Random) -> Line:
    place = dice.randrange(2, 9)
    phone = line["phone"]
    return {**line, "phone": phone[:place] + phone[place + 1] + phone[place] + phone[place + 2 :]}


def phone_as_abroad(line: Line, dice: random.Random) -> Line:
    return {**line, "phone": f"+33 {line['phone'][1:]}"}


FAULTS = [
    inverted,
    mistyped,
    in_capitals,
    one_part_left_out,
    day_and_month_swapped,
    another_day,
    no_date,
    another_phone,
    phone_mistyped,
    phone_as_abroad,
]
