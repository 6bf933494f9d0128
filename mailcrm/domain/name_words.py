"""Words around people's names: frequent surnames where these come first, titles, what makes a firm or a department of a name.

Room: domain. Lower case, letters without marks. The lists only tell which of two words is the surname where their order leaves it open; a
name that stands in none of them is read in the usual order of its language.
"""

from __future__ import annotations

__all__ = ["COMPOUND", "FIRMS", "GIVEN_GERMAN", "PARTICLES", "SPOKEN_IN", "SURNAMES", "TITLES"]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


SURNAMES = {
    "zh": _words(
        "wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he lin gao luo zheng liang xie song tang deng han"
        " feng cao peng zeng xiao tian dong pan yuan cai jiang yu du ye cheng su lu ding ren yao shen zhong fan tan jia fu"
        " cui liao shi wan gu shao qian dai yan qin hou xia jin wen mao fang qiu bai zou xiong meng chang kong kang"
        " chan wong cheung leung lam ng lau chow kwok ho tsang chiu yip hsu tsai"
    ),
    "ko": _words(
        "kim lee yi park pak choi choe jung jeong chung kang cho jo yoon yun jang chang lim im rim han oh shin seo suh kwon hwang"
        " ahn an song ryu yoo yu hong jeon jun ko koh moon mun yang son bae baek heo hur nam noh roh ha kwak sung cha joo ju woo"
    ),
    "ja": _words(
        "sato suzuki takahashi tanaka ito watanabe yamamoto nakamura kobayashi kato yoshida yamada sasaki yamaguchi matsumoto"
        " inoue kimura hayashi shimizu saito yamazaki mori abe ikeda hashimoto ishikawa yamashita ogawa ishii hasegawa goto"
        " okada kondo maeda fujita endo aoki sakamoto murakami ota kaneko fujii fukuda nishimura miura takeuchi nakagawa okamoto"
        " matsuda harada nakano ono tamura fujiwara nakayama ishida kojima wada morita uchida shibata sakai kudo yokoyama"
        " miyazaki miyamoto takagi ando ueno taniguchi imai arai maruyama kawasaki nomura ueda sugiyama otsuka hirano"
    ),
    "hu": _words(
        "nagy kovacs toth szabo horvath varga kiss molnar nemeth farkas balogh papp lakatos takacs juhasz olah meszaros simon"
        " racz fekete szilagyi torok feher balazs gal kis szucs orsos kocsis fodor pinter szalai sipos magyar lukacs gulyas"
        " biro kiraly katona laszlo jakab bogdan balog sandor boros fazekas kelemen antal somogyi fulop vincze varadi pal"
    ),
}
COMPOUND = _words("欧阳 歐陽 司马 司馬 上官 诸葛 諸葛 司徒 尉迟 夏侯 皇甫 令狐 慕容 东方 남궁 황보 제갈 선우 독고 사공")
PARTICLES = _words(
    "van von vom zu zum zur der den de del della di da do dos das du des la le el al bin ibn ben ter ten af av"
)
TITLES = {
    "mr": _words("mr mister herr herrn hr sr señor senor m monsieur sig signor 先生 господин"),
    "ms": _words(
        "ms miss frau fr sra srta señora senora señorita mme mlle madame dona sig.ra signora 女士 小姐 госпожа"
    ),
    "mrs": _words("mrs"),
    "dr": _words("dr dra doctor prof professor 博士"),
}
FIRMS = _words(
    "gmbh ag kg ohg ug co ltd limited llc llp inc corp corporation company srl spa sas sarl sa sl bv nv oy ab as aps plc pte pty"
    " ooo ооо зао оао ao lda ltda eirl kft zrt sro doo fzco fze fzc wll group gruppe holding trading international imports exports"
    " industries enterprises team dept department abteilung einkauf vertrieb verkauf buchhaltung purchasing procurement sales"
    " office service support info kontakt compras ventas comercial achats commercial vendas закупки отдел"
)
GIVEN_GERMAN = {
    "ms": _words(
        "anna anne anja angelika annette antje barbara bettina birgit brigitte christiane christina claudia cornelia daniela doris"
        " elke eva franziska gabriele heike ines ingrid jana johanna julia jutta karin katharina katja katrin kerstin kristina lena"
        " lisa manuela maria marion martina melanie monika nadine nicole petra renate sabine sandra sarah silke simone sonja"
        " stefanie susanne sylvia tanja tina ulrike ursula ute vanessa vera"
    ),
    "mr": _words(
        "achim alexander andre armin axel bernd bernhard carsten christian christoph daniel david dieter dirk dominik erik felix"
        " florian frank friedrich georg gerhard günter hans hartmut heinz helmut henning holger horst ingo jan jens jörg johannes"
        " jonas jürgen karl karsten klaus lars ludwig lukas manfred marc marcel marco marcus mario markus martin matthias max"
        " maximilian michael nils norbert oliver patrick paul peter philipp rainer ralf reinhard robert rolf rüdiger sebastian"
        " stefan stephan steffen sven thomas thorsten tim tobias torsten ulrich uwe volker walter werner wolfgang"
    ),
}
SPOKEN_IN = {"AT": "de", "CN": "zh", "DE": "de", "HK": "zh", "HU": "hu", "JP": "ja", "KR": "ko", "TW": "zh"}
"""By whose manners a name is read, whatever language its bearer writes."""
