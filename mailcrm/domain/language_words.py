"""What tells a language written in Latin letters: its commonest words, and letters that hardly another one has.

Room: domain. By ISO 639-1 code; read by `mailcrm.domain.demand.language`.
"""

__all__ = ["LETTERS", "STOP_WORDS"]

STOP_WORDS = {
    "en": "the and you your for we are is this that with have please of our will to in from be can would it if not i on my am do does has was were what how any",
    "es": "el la los las que de y para por con una su es en estamos del nos gracias favor usted como pero no se le muy hola me mi lo si ya precio hace buen día cuándo cuánto qué cómo",
    "de": "der die das und ist nicht sie wir ich mit für ein eine von bitte zu auf den dem ihre ihr uns haben danke auch noch werden es wie was kann im am an bei nur gar",
    "fr": "le la les des et vous nous pour une est dans votre que de avec pas sur merci je du en au bonjour plus cette est ce que qui sont on ne n il veuillez ci joint possible",
    "pt": "o os as que de e para por com uma você não em do da é nos obrigado favor seu sua mais estamos no na bom vocês vcs está são me foi ainda",
    "it": "il lo gli che di e per con una non è sono vi della del nel grazie questo vostra si anche abbiamo la in buongiorno mi ci ho è ma il un le da quanto prezzo ancora",
    "nl": "de het een en van voor niet wij u is met dat op aan ik zijn hebben uw graag bedankt om te ook deze jullie er nog kan wat hoe onze geen af",
    "sv": "och att det som en är för på med vi av inte till har den ni jag om tack vänligen er kan",
    "da": "og at det som en er for på med vi af ikke til har den jeg de tak venligst kan os fra",
    "pl": "i w na nie do się z że jest to proszę dziękuję za od dla o oraz czy jak po państwa mamy są jaka ile nam ma",
    "cs": "a se na je že v do pro to prosím děkuji s za od jak nebo ale jsme jsou vás",
    "tr": "ve bir bu için ile teşekkür lütfen de da var olarak ne çok siz biz rica ederim olan bize mi merhaba mı mu fiyat adet size daha var mısınız misiniz",
    "ro": "și este pentru cu vă din la de în care mai nu sunt ne o mulțumesc rog dumneavoastră un",
    "hu": "és az egy nem hogy van kérem köszönöm meg is a de önök",
    "vi": "và của cho là tôi chúng không có được xin cảm ơn với các này bạn",
    "id": "dan yang untuk dengan kami ini di dari anda saya terima kasih tidak mohon akan pada",
    "fi": "ja on ei että se kiitos ole olemme voi mutta kun hei sekä",
}
LETTERS = {
    "es": "ñ¿¡", "pt": "ãõ", "de": "ß", "tr": "ğış", "pl": "łąęśźżń", "sv": "å", "da": "øæ", "hu": "őű", "cs": "řěů", "ro": "țșă", "vi": "ơưđ",
}  # fmt: skip
